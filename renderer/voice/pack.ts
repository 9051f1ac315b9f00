import type { Language } from '../i18n/language.ts'
import type { ClipId } from './numbers.ts'
import { PHRASES } from './phrases.ts'

/** How far a clip's length may be off what its manifest says, in milliseconds. */
const DURATION_TOLERANCE_MS = 50

export interface ClipFacts {
  /** The words it was recorded for: a clip for other words than the counter means today is not played. */
  readonly text: string
  readonly sha256: string
  readonly durationMs: number
}

export interface VoiceManifest {
  readonly language: string
  readonly clips: Readonly<Record<ClipId, ClipFacts>>
}

/** Where clips come from: the application's own files, or a folder in a test. */
export interface VoiceFiles {
  /** @returns null when there is no such file. */
  read(path: string): Promise<ArrayBuffer | null>
}

export interface VoicePack {
  /** The sound of one clip; undefined when it is missing or is not what its manifest says. */
  readonly clips: ReadonlyMap<ClipId, ArrayBuffer>
  /** Clips that should be there and are silent, for the staff's screen. */
  readonly silent: readonly ClipId[]
}

const EMPTY_PACK: VoicePack = { clips: new Map(), silent: [] }

/**
 * Loads a language's pack and keeps only the clips that are exactly what the manifest says: the words meant here, the
 * right bytes, the right length. All else is silence, never a wrong number.
 */
export async function loadVoicePack(files: VoiceFiles, language: Language): Promise<VoicePack> {
  const manifestFile = await files.read(`${language}/manifest.json`)
  const manifest = manifestFile === null ? null : manifestIn(manifestFile)
  if (manifest === null || manifest.language !== language) return EMPTY_PACK
  const clips = new Map<ClipId, ArrayBuffer>()
  const silent: ClipId[] = []
  await Promise.all(
    Object.entries(PHRASES[language]).map(async ([id, text]) => {
      const facts = manifest.clips[id]
      const file = facts?.text === text ? await files.read(`${language}/${id}.wav`) : null
      if (file !== null && facts !== undefined && (await isAsDescribed(file, facts))) clips.set(id, file)
      else silent.push(id)
    }),
  )
  return { clips, silent: silent.toSorted() }
}

async function isAsDescribed(file: ArrayBuffer, facts: ClipFacts): Promise<boolean> {
  const durationMs = wavDurationMs(file)
  if (durationMs === null || Math.abs(durationMs - facts.durationMs) > DURATION_TOLERANCE_MS) return false
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', file))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === facts.sha256
}

/** The length of a PCM file by its own header; null when it is not one. */
function wavDurationMs(file: ArrayBuffer): number | null {
  const bytes = new DataView(file)
  if (bytes.byteLength < 44 || bytes.getUint32(0) !== 0x52494646 || bytes.getUint32(36) !== 0x64617461)
    return null
  const bytesPerSecond = bytes.getUint32(28, true)
  const length = bytes.getUint32(40, true)
  if (bytesPerSecond === 0 || length > bytes.byteLength - 44) return null
  return (length / bytesPerSecond) * 1_000
}

function manifestIn(file: ArrayBuffer): VoiceManifest | null {
  const parsed = parsedJson(new TextDecoder().decode(file))
  return isManifest(parsed) ? parsed : null
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isManifest(value: unknown): value is VoiceManifest {
  if (!isRecord(value) || typeof value['language'] !== 'string' || !isRecord(value['clips'])) return false
  return Object.values(value['clips']).every(
    (clip) =>
      isRecord(clip) &&
      typeof clip['text'] === 'string' &&
      typeof clip['sha256'] === 'string' &&
      typeof clip['durationMs'] === 'number',
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
