import type {
  Cancel,
  Log,
  PrinterConfig,
  PrinterPort,
  PortName,
  SerialBus,
  SerialLine,
  Timers,
} from '../deps.ts'
import { Line } from '../devices/line.ts'
import { networkAddress } from '../devices/printer-ports.ts'
import { ASK_PAPER, DRAWER_KICK, paperAnswer } from '../devices/protocols/escpos.ts'

/** Why a receipt is not on paper: no printer there, it does not answer, or it has no paper. */
export type PrinterTrouble = 'unplugged' | 'silent' | 'no-paper'

export interface PrinterDeps {
  readonly bus: SerialBus
  readonly timers: Timers
  readonly log: Log
}

const LINE = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const
const BITS_PER_BYTE = 10
/** A printer that is awake answers in a few milliseconds. */
const ANSWERS_WITHIN_MS = 1_000
/** The slowest mechanism prints a receipt in this time; its handshake may hold the question back as long. */
const PRINTS_WITHIN_MS = 10_000
/** What may still be on its way to a printer that says nothing, beyond what the wire takes. */
const UNDERWAY_MS = 500

type Answer = 'paper' | PrinterTrouble

/** One receipt printer on its line. It is asked for paper before each receipt, and again behind it: its answer is the proof. */
export class ReceiptPrinter {
  readonly #timers: Timers
  readonly #config: PrinterConfig
  readonly #line: Line
  #open: SerialLine | null = null
  /** Ends whatever is waited for. */
  #hear: (answer: Answer) => void = () => undefined
  /** It owes an answer that may come at any time: what comes first now proves nothing. */
  #owes = false

  /** @param onChange called when the printer was plugged in or is gone */
  constructor({ bus, timers, log }: PrinterDeps, config: PrinterConfig, onChange: () => void) {
    this.#timers = timers
    this.#config = config
    this.#line = new Line(
      { bus, timers, log },
      {
        device: 'printer',
        port: portOf(config.port),
        settings: { ...LINE, ...config.line },
        poll: null,
        reopenAfterSilenceMs: null,
        deafAfterOpenMs: 0,
        onOpen: (_nowMs, line) => {
          this.#open = line
          this.#owes = false
          onChange()
        },
        beforePoll: () => undefined,
        onBytes: (bytes) => {
          for (const byte of bytes) this.#heard(byte)
          return 'wait'
        },
        onDown: () => {
          this.#open = null
          this.#hear('unplugged')
          onChange()
        },
      },
    )
  }

  get connected(): boolean {
    return this.#open !== null
  }

  /** One receipt at a time. @returns `printed`, or why it may not be on paper, whole. */
  async print(bytes: Uint8Array): Promise<'printed' | PrinterTrouble> {
    if (this.#open === null) return 'unplugged'
    const takesMs = this.#takesMs(bytes)
    if (!this.#config.answers) {
      this.#open.write(bytes)
      return (await this.#waited(takesMs + UNDERWAY_MS)) === 'unplugged' ? 'unplugged' : 'printed'
    }
    const before = await this.#asked(ANSWERS_WITHIN_MS)
    if (before !== 'paper') return before
    if (this.#owes) await this.#waited(ANSWERS_WITHIN_MS)
    this.#owes = false
    if (this.#open === null) return 'unplugged'
    this.#open.write(bytes)
    const behind = await this.#asked(takesMs + PRINTS_WITHIN_MS)
    return behind === 'paper' ? 'printed' : behind
  }

  /** Opens the drawer now. @returns false where there is no printer to open it: it is never opened later. */
  openDrawer(): boolean {
    this.#open?.write(DRAWER_KICK)
    return this.#open !== null
  }

  close(): Promise<void> {
    this.#hear('unplugged')
    return this.#line.close()
  }

  #takesMs(bytes: Uint8Array): number {
    const { baudRate } = { ...LINE, ...this.#config.line }
    return Math.ceil((bytes.length * BITS_PER_BYTE * 1000) / baudRate)
  }

  #heard(byte: number): void {
    const answer = paperAnswer(byte)
    if (answer !== null) this.#hear(answer)
  }

  async #asked(withinMs: number): Promise<Answer> {
    if (this.#open === null) return 'unplugged'
    this.#open.write(ASK_PAPER)
    const answer = await this.#next(withinMs)
    if (answer === 'silent') this.#owes = true
    return answer
  }

  /** Lets time pass, whatever the printer says meanwhile; ends early when it is unplugged. */
  async #waited(forMs: number): Promise<'silent' | 'unplugged'> {
    const untilMs = this.#timers.monotonicMs() + forMs
    for (;;) {
      const leftMs = untilMs - this.#timers.monotonicMs()
      if (leftMs <= 0) return 'silent'
      if ((await this.#next(leftMs)) === 'unplugged') return 'unplugged'
    }
  }

  #next(withinMs: number): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const cancel: Cancel = this.#timers.after(withinMs, () => resolve('silent'))
    this.#hear = (answer) => {
      cancel()
      resolve(answer)
    }
    return promise
  }
}

const portOf = (port: PrinterPort): PortName =>
  'host' in port ? { path: networkAddress(port.host, port.port) } : port
