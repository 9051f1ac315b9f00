/** More than anybody reads; a window that does not keep up loses the oldest. */
const MOST_WAITING = 256

/** Hands values from callbacks to one reader, in order. */
export class Queue<Value> {
  readonly #waiting: Value[] = []
  #wake: () => void = () => undefined
  #ended = false

  put(value: Value): void {
    this.#waiting.push(value)
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift()
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  /** Everything that was put in, until the end or until `signal` aborts. */
  async *values(signal: AbortSignal | undefined): AsyncGenerator<Value, void, void> {
    const wake = (): void => this.#wake()
    const left = (): boolean => signal?.aborted ?? false
    signal?.addEventListener('abort', wake)
    try {
      while (!left()) {
        const next = this.#waiting.shift()
        if (next !== undefined) yield next
        else if (this.#ended) return
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve
          })
      }
    } finally {
      signal?.removeEventListener('abort', wake)
    }
  }
}
