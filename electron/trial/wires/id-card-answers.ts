/** What an SDT reader of ID cards answers, byte for byte as the real ones do. */

/** Texts of a card by the place of their first byte. */
export type IdCardFields = readonly (readonly [at: number, text: string])[]

const TEXT_CHARACTERS = 128
const PHOTO_BYTES = 1024

const HEAD = [0xaa, 0xaa, 0xaa, 0x96, 0x69]

export function sdtFrame(...body: readonly number[]): Uint8Array {
  const length = body.length + 1
  const framed = [length >> 8, length & 0xff, ...body]
  return Uint8Array.of(
    ...HEAD,
    ...framed,
    framed.reduce((check, byte) => check ^ byte, 0),
  )
}

/** 256 bytes of UTF-16LE, blank where nothing stands. */
export function idCardText(fields: IdCardFields): readonly number[] {
  const text = Buffer.from(' '.repeat(TEXT_CHARACTERS), 'utf16le')
  for (const [at, value] of fields) text.write(value, at, 'utf16le')
  return [...text]
}

/** Text and photo; the photo is nobody's. */
export const sdtCard = (fields: IdCardFields): Uint8Array =>
  sdtFrame(0, 0, 0x90, 1, 0, 4, 0, ...idCardText(fields), ...Array<number>(PHOTO_BYTES).fill(0x5a))

export const SDT_NO_CARD = sdtFrame(0, 0, 0x80)
export const SDT_FOUND = sdtFrame(0, 0, 0x9f, 0, 0, 0, 0)
export const SDT_SELECTED = sdtFrame(0, 0, 0x90, ...Array<number>(8).fill(0))
export const SDT_NOT_SELECTED = sdtFrame(0, 0, 0x81)
export const SDT_NOT_READ = sdtFrame(0, 0, 0x41)
/** The reader's own number: sixteen bytes, of the maker's making. */
export const SDT_SAM_ID = sdtFrame(0, 0, 0x90, ...Array.from({ length: 16 }, (_, index) => index + 1))
