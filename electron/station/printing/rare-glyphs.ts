import { gunzipSync } from 'node:zlib'
import { drawn, GLYPH_BYTES, textBytes } from '../devices/protocols/escpos.ts'
import file from './rare-glyphs.json' with { type: 'json' }

/** Characters that printers' fonts may lack, drawn beforehand: see electron/setup/rare-glyphs.mjs. */
const CODE_BYTES = 3
const ENTRY_BYTES = CODE_BYTES + GLYPH_BYTES

/** CJK extension A, what joined the basic block late, and every further plane: more than a font of GBK has. */
const isRare = (code: number): boolean =>
  (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x9fa6 && code <= 0x9fff) || code > 0xffff

let glyphs: ReadonlyMap<number, Uint8Array> | null = null

function unpacked(): ReadonlyMap<number, Uint8Array> {
  const bytes = gunzipSync(Buffer.from(file.glyphs, 'base64'))
  const found = new Map<number, Uint8Array>()
  for (let at = 0; at < bytes.length; at += ENTRY_BYTES)
    found.set(bytes.readUIntBE(at, CODE_BYTES), bytes.subarray(at + CODE_BYTES, at + ENTRY_BYTES))
  return found
}

/** Text as the printer reads it, the rare characters of it as pictures; one that was never drawn stays text (SPEC PT-1). */
export const withRareDrawn = (text: string): Uint8Array => Buffer.concat(Array.from(text, drawnIfRare))

function drawnIfRare(character: string): Uint8Array {
  const code = character.codePointAt(0) ?? 0
  const glyph = isRare(code) ? (glyphs ??= unpacked()).get(code) : undefined
  return glyph === undefined ? textBytes(character) : drawn(glyph)
}
