/**
 * The newest value of something that changes, for any number of watchers. A slow watcher skips what it missed and gets
 * the newest: event streams have no backpressure, so nothing may queue.
 */
export class Live<Value> {
  #current: Value
  readonly #wakers = new Set<() => void>()

  constructor(initial: Value) {
    this.#current = initial
  }

  get current(): Value {
    return this.#current
  }

  publish(value: Value): void {
    this.#current = value
    for (const wake of this.#wakers) wake()
  }

  /** The current value, then each change, until `signal` aborts. */
  async *watch(signal?: AbortSignal): AsyncGenerator<Value, void, void> {
    let wake: () => void = () => undefined
    const waker = (): void => wake()
    this.#wakers.add(waker)
    signal?.addEventListener('abort', waker)
    const left = (): boolean => signal?.aborted ?? false
    try {
      let seen: Value | undefined
      while (!left()) {
        if (seen !== this.#current) {
          seen = this.#current
          yield seen
          continue
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    } finally {
      this.#wakers.delete(waker)
      signal?.removeEventListener('abort', waker)
    }
  }
}
