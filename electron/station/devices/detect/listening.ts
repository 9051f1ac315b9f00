import type { LineSettings, SerialBus, Timers } from '../../deps.ts'
import { Framer } from '../protocols/framer.ts'
import { Ear } from './ear.ts'
import type { Language } from './languages.ts'
import type { Question } from './line-plan.ts'
import { ranked, type Ranked } from './ranking.ts'

export interface SearchDeps {
  readonly bus: SerialBus
  readonly timers: Timers
}

/** What one opening of the port brought. */
export interface Heard {
  readonly line: LineSettings
  readonly bytes: Uint8Array
  readonly heardBytes: number
  readonly found: readonly Ranked[]
}

/** Frames are looked for this often: scoring every language on every byte would cost the counter its time. */
const LOOK_EVERY_MS = 100
/** This many bytes in which nobody finds a frame were sent at another speed. */
const NOISE_FROM_BYTES = 64
const ROUNDS = 3
const SILENCE_ENDS_ANSWER_MS = 40
/** No language needs more steps to a weight or a card. */
const MOST_STEPS = 8

/** How long to stay with one setting of the line: for a first byte, and, while something is understood, for proof. */
export interface Patience {
  readonly silentMs: number
  readonly longestMs: number
}

/** Opens the port, runs `work`, and frees the port whatever happens. @throws Error when it cannot be opened. */
async function opened(
  deps: SearchDeps,
  path: string,
  line: LineSettings,
  work: (ear: Ear, write: (bytes: Uint8Array) => void) => Promise<readonly Ranked[]>,
): Promise<Heard> {
  const ear = new Ear(deps.timers)
  const open = await deps.bus.open(path, line, ear)
  try {
    const found = await work(ear, (bytes) => open.write(bytes))
    return { line, bytes: ear.bytes, heardBytes: ear.heardBytes, found }
  } finally {
    await open.close()
  }
}

/**
 * Listens with one setting of the line and writes nothing. Ends early when the evidence is decisive, when nothing comes, and
 * when what comes makes no sense.
 *
 * @throws Error when the port cannot be opened.
 */
export function listen(
  deps: SearchDeps,
  path: string,
  line: LineSettings,
  languages: readonly Language[],
  { silentMs, longestMs }: Patience,
): Promise<Heard> {
  return opened(deps, path, line, async (ear) => {
    const startedMs = deps.timers.monotonicMs()
    let found: readonly Ranked[] = []
    let looked = 0
    for (;;) {
      await ear.pause(LOOK_EVERY_MS)
      if (ear.heardBytes > looked) found = ranked(ear.bytes, line, languages, false)
      looked = ear.heardBytes
      const passedMs = deps.timers.monotonicMs() - startedMs
      const [best] = found
      if (ear.lost !== null || best?.candidate.grade === 'certain' || passedMs >= longestMs) return found
      if (best !== undefined) continue
      if (passedMs >= silentMs || looked >= NOISE_FROM_BYTES) return found
    }
  })
}

/**
 * Asks in one language, a few times, as the station would. Only for ports that may be written to.
 *
 * @throws Error when the port cannot be opened.
 */
export function ask(deps: SearchDeps, path: string, question: Question): Promise<Heard> {
  const { line, languages } = question
  return opened(deps, path, line, async (ear, write) => {
    const answers: Uint8Array[] = []
    for (const request of [
      ...question.greetings,
      ...Array.from({ length: ROUNDS }, () => question.request),
    ]) {
      const before = ear.heardBytes
      answers.push(...(await exchange(ear, write, question, request)))
      // Nobody there: the same question again would only take time.
      if (ear.lost !== null || (ear.heardBytes === before && request === question.request)) break
    }
    return ranked(Buffer.concat(answers), line, languages, true)
  })
}

/** One request and those that its answers lead to; answers what came, without an echo of what was sent. */
async function exchange(
  ear: Ear,
  write: (bytes: Uint8Array) => void,
  question: Question,
  request: Uint8Array,
): Promise<Uint8Array[]> {
  const answers: Uint8Array[] = []
  let sent: Uint8Array | null = request
  while (sent !== null && answers.length < MOST_STEPS) {
    const before = ear.heardBytes
    write(sent)
    await answered(ear, question.replyTimeoutMs)
    const heard = ear.bytes.slice(Math.max(0, ear.bytes.length - (ear.heardBytes - before)))
    const answer = withoutEcho(heard, sent)
    answers.push(answer)
    sent = followUp(answer, question)
  }
  return answers
}

/** Waits for a first byte, then until the line falls silent. */
async function answered(ear: Ear, withinMs: number): Promise<void> {
  let before = ear.heardBytes
  await ear.more(withinMs)
  while (ear.heardBytes > before) {
    before = ear.heardBytes
    await ear.more(SILENCE_ENDS_ANSWER_MS)
  }
}

/** A device that only sends back what it got has said nothing. */
function withoutEcho(answer: Uint8Array, sent: Uint8Array): Uint8Array {
  const echoes = sent.length > 0 && Buffer.compare(answer.subarray(0, sent.length), sent) === 0
  return echoes ? answer.subarray(sent.length) : answer
}

/** The request that an answer leads to within the same round, as the station would send it. */
function followUp(answer: Uint8Array, { languages: [language] }: Question): Uint8Array | null {
  const goOn = language?.spoken.poll?.goOn
  if (language === undefined || goOn === undefined) return null
  let follows: Uint8Array | null = null
  const framer = new Framer(language.spoken.grammar, (said) => {
    const next = goOn(said)
    if (typeof next !== 'string') follows = next
  })
  framer.push(answer)
  framer.end()
  return follows
}
