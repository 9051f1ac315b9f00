import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { CounterPhase, TroubleCode } from '../../../shared/domain/checkout/view.ts'

const SCALE_MOVES_MS = 10_000
/** A hand takes its card away before the next one comes. */
const BETWEEN_CARDS_MS = 1_200

/** A person at the trial counter: uses the panel's buttons and the staff's keys, and looks at the screens. */
export class Hands {
  readonly seniors: Page
  readonly staff: Page
  readonly panel: Page
  #cardGone: Promise<void> = Promise.resolve()

  constructor(pages: { readonly seniors: Page; readonly staff: Page; readonly panel: Page }) {
    this.seniors = pages.seniors
    this.staff = pages.staff
    this.panel = pages.panel
  }

  async place(portion: 'small' | 'usual' | 'large'): Promise<void> {
    await this.panel.click(`[data-portion="${portion}"]`)
    await this.panel.click('[data-hand="place"]')
  }

  async remove(): Promise<void> {
    await this.panel.click('[data-hand="remove"]')
    await this.panel.waitForSelector('[data-scale="empty"]', { timeout: SCALE_MOVES_MS })
  }

  async tap(cardUid: string): Promise<void> {
    await this.#cardGone
    await this.panel.click(`[data-card="${cardUid}"]`)
    this.#cardGone = pause(BETWEEN_CARDS_MS)
  }

  async plug(device: 'scale' | 'reader'): Promise<void> {
    await this.panel.click(`[data-plug="${device}"]`)
  }

  async press(key: string): Promise<void> {
    await this.staff.click(`[data-key="${key}"]:not([disabled])`, { timeout: SCALE_MOVES_MS })
  }

  /** Waits until the seniors' screen shows this phase. @throws when it does not come. */
  async sees(phase: CounterPhase, trouble?: TroubleCode): Promise<void> {
    const wanted = trouble === undefined ? '' : `[data-trouble="${trouble}"]`
    await this.seniors.waitForSelector(`[data-phase="${phase}"]${wanted}`, { timeout: SCALE_MOVES_MS })
  }
}
