import { READER_PROTOCOLS, SCALE_PROTOCOLS } from '../protocols/index.ts'
import type { ReaderProtocol, ScaleProtocol } from '../protocols/protocol.ts'

/** One language of the table under all its names: some devices of other makers speak the very same. */
export interface Language {
  readonly kind: 'scale' | 'reader'
  readonly protocol: string
  readonly alsoCalled: readonly string[]
  readonly spoken: ScaleProtocol | ReaderProtocol
  /** The unit of digits that come without one. */
  readonly unit: 'kg' | 'g'
}

type Table = Readonly<Record<string, ScaleProtocol | ReaderProtocol>>

function* languagesOf(kind: Language['kind'], table: Table): Generator<Language> {
  const names = new Map<ScaleProtocol | ReaderProtocol, string[]>()
  for (const [name, spoken] of Object.entries(table)) names.set(spoken, [...(names.get(spoken) ?? []), name])
  for (const [spoken, [protocol = '', ...alsoCalled]] of names)
    yield { kind, protocol, alsoCalled, spoken, unit: 'usualUnit' in spoken ? spoken.usualUnit : 'kg' }
}

/** Everything in the table, whoever added it. */
export const LANGUAGES: readonly Language[] = [
  ...languagesOf('scale', SCALE_PROTOCOLS),
  ...languagesOf('reader', READER_PROTOCOLS),
]
