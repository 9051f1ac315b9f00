import { safe } from '@orpc/client'
import { useEffect } from 'react'
import { NO_KEYS, WEDGE_GAP_MS, wedgeKey, type WedgeState } from '../../shared/domain/keyboard-wedge.ts'
import { useStation } from './station.ts'

/**
 * Hears a card reader that types, where one is configured: its keys go to the station as a tap and to nothing else. Keys of a
 * person are passed on, a twentieth of a second late; a text field keeps its own.
 */
export function useCardKeys(): void {
  const client = useStation((station) => station.client)
  const types = useStation(({ health }) => health?.reader?.protocol === 'keyboard-wedge')
  useEffect(() => {
    if (!types || client === null) return undefined
    const keys = new HeldKeys((digits) => {
      // A tap that does not arrive is repeated by whoever holds the card.
      void safe(client.counter.cardTyped({ digits }))
    })
    const follow = (event: KeyboardEvent) => keys.follow(event)
    window.addEventListener('keydown', follow, { capture: true })
    return () => {
      window.removeEventListener('keydown', follow, { capture: true })
      keys.release()
    }
  }, [client, types])
}

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement

/** Keys that may be a reader's, until it is known. */
class HeldKeys {
  readonly #onCard: (digits: string) => void
  readonly #passedOn = new WeakSet<Event>()
  #held: KeyboardEvent[] = []
  #state: WedgeState = NO_KEYS
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(onCard: (digits: string) => void) {
    this.#onCard = onCard
  }

  follow(event: KeyboardEvent): void {
    if (this.#passedOn.has(event)) return
    if (event.ctrlKey || event.altKey || event.metaKey || isTextField(event.target)) return
    // A reader types capitals with Shift held.
    if (event.key === 'Shift') return
    const answer = wedgeKey(this.#state, { key: event.key, code: event.code, atMs: event.timeStamp })
    this.#state = answer.state
    clearTimeout(this.#timer)
    if (answer.kind === 'person') {
      this.release()
      return
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    if (answer.kind === 'card') {
      this.#held = []
      this.#onCard(answer.digits)
      return
    }
    if (answer.state.digits.length === 1) this.release()
    this.#held.push(event)
    this.#timer = setTimeout(() => this.release(), WEDGE_GAP_MS)
  }

  /** They were a person's: they do now what they would have done. */
  release(): void {
    for (const { key, code, shiftKey, target } of this.#held.splice(0)) {
      const again = new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, cancelable: true })
      this.#passedOn.add(again)
      target?.dispatchEvent(again)
    }
  }
}
