import type { LineSettings } from '../../deps.ts'
import type { Language } from './languages.ts'

const eight = (baudRate: number): LineSettings => ({ baudRate, dataBits: 8, parity: 'none', stopBits: 1 })
const seven = (baudRate: number): LineSettings => ({ baudRate, dataBits: 7, parity: 'even', stopBits: 1 })

/** How scales and readers are set in the field, the likeliest first: most at 9600, many indicators at 1200 from the factory. */
const FIELD: readonly LineSettings[] = [
  eight(9600),
  eight(1200),
  seven(9600),
  eight(4800),
  seven(2400),
  eight(2400),
  eight(19_200),
  eight(115_200),
  seven(4800),
  eight(600),
]

/** Stop bits are the sender's: a receiver hears the same with one or two. */
const lineKey = ({ baudRate, dataBits, parity }: LineSettings): string =>
  `${baudRate} ${dataBits}${parity.charAt(0).toUpperCase()}1`

/** The settings to listen with, in order: the field's, then whatever else a language that talks by itself asks for. */
export function listeningPlan(languages: readonly Language[]): readonly LineSettings[] {
  const asked = languages.filter(({ spoken }) => spoken.poll === null).map(({ spoken }) => spoken.line)
  return [...new Map([...FIELD, ...asked].map((line) => [lineKey(line), line])).values()]
}

/** One way of asking, and every language in which this would be the question. */
export interface Question {
  readonly line: LineSettings
  readonly languages: readonly Language[]
  /** Sent once before the first request. */
  readonly greetings: readonly Uint8Array[]
  readonly request: Uint8Array
  readonly replyTimeoutMs: number
}

/** How a scale that waits to be asked is set when it is not as it left the factory. Readers keep their maker's setting. */
const ASKED_IN_THE_FIELD: readonly LineSettings[] = [
  eight(9600),
  seven(9600),
  eight(4800),
  eight(2400),
  seven(2400),
]

/** At which speeds readers of identity cards are set when not as they left the factory. */
const ID_READERS_IN_THE_FIELD: readonly LineSettings[] = [
  eight(9600),
  eight(57_600),
  eight(38_400),
  eight(19_200),
]

const fieldOf: Readonly<Record<Language['kind'], readonly LineSettings[]>> = {
  scale: ASKED_IN_THE_FIELD,
  reader: [],
  'id-reader': ID_READERS_IN_THE_FIELD,
}

/** Each language's own request at its usual setting, then scales' and ID readers' at others in use; the same one never twice. */
export function askingPlan(languages: readonly Language[]): readonly Question[] {
  const questions = new Map<string, Question>()
  const asked = languages.map((language) => ({ language, line: language.spoken.line }))
  const elsewhere = [...new Set(Object.values(fieldOf).flat())].flatMap((field) =>
    languages
      .filter(({ kind, spoken }) => fieldOf[kind].includes(field) && lineKey(spoken.line) !== lineKey(field))
      .map((language) => ({ language, line: field })),
  )
  for (const { language, line } of [...asked, ...elsewhere]) {
    const { poll } = language.spoken
    if (poll === null) continue
    const greetings = poll.hello ?? []
    const words = [...greetings, poll.ask].map((bytes) => Buffer.from(bytes).toString('hex'))
    // A conversation of several steps is this language's alone.
    const key = [lineKey(line), ...words, poll.goOn === undefined ? '' : language.protocol].join(' ')
    const before = questions.get(key)
    questions.set(key, {
      line,
      greetings,
      request: poll.ask,
      languages: [...(before?.languages ?? []), language],
      replyTimeoutMs: Math.max(before?.replyTimeoutMs ?? 0, poll.replyTimeoutMs),
    })
  }
  return [...questions.values()]
}
