import { ID_READER_PROTOCOLS, READER_PROTOCOLS, SCALE_PROTOCOLS } from '../protocols/index.ts'
import type { IdReaderProtocol, ReaderProtocol, ScaleProtocol } from '../protocols/protocol.ts'

/** One language of the table under all its names: some devices of other makers speak the very same. */
export interface Language {
  readonly kind: 'scale' | 'reader' | 'id-reader'
  readonly protocol: string
  readonly alsoCalled: readonly string[]
  readonly spoken: ScaleProtocol | ReaderProtocol | Omit<IdReaderProtocol, 'recognise'>
  /** The unit of digits that come without one. */
  readonly unit: 'kg' | 'g'
}

type Table = Readonly<Record<string, ScaleProtocol | ReaderProtocol>>

function* languagesOf(kind: 'scale' | 'reader', table: Table): Generator<Language> {
  const names = new Map<ScaleProtocol | ReaderProtocol, string[]>()
  for (const [name, spoken] of Object.entries(table)) names.set(spoken, [...(names.get(spoken) ?? []), name])
  for (const [spoken, [protocol = '', ...alsoCalled]] of names)
    yield { kind, protocol, alsoCalled, spoken, unit: 'usualUnit' in spoken ? spoken.usualUnit : 'kg' }
}

/** Every scale and card reader in the table, whoever added it. */
export const LANGUAGES: readonly Language[] = [
  ...languagesOf('scale', SCALE_PROTOCOLS),
  ...languagesOf('reader', READER_PROTOCOLS),
]

const ID_READER_PATIENCE = { periodMs: 400, replyTimeoutMs: 500 } as const

/**
 * Readers of identity cards are asked for their own number and nothing else, and what comes by itself is not read as theirs:
 * looking for a device never reads a card (SPEC ME-8).
 */
export const ID_READER_LANGUAGES: readonly Language[] = Object.entries<IdReaderProtocol>(
  ID_READER_PROTOCOLS,
).map(([protocol, { recognise, ...spoken }]) => ({
  kind: 'id-reader',
  protocol,
  alsoCalled: [],
  spoken: { ...spoken, poll: { ...ID_READER_PATIENCE, ask: recognise } },
  unit: 'kg',
}))
