import type { Page } from 'playwright-core'

const ANSWER_MS = 20_000
/** A copy is made, unpacked again in thought and replayed. */
const NIGHT_MS = 60_000

/** A person in the office: goes to its pages in the staff's window and presses what stands there. */
export class OfficeHands {
  readonly page: Page

  constructor(staffWindow: Page) {
    this.page = staffWindow
  }

  /** From the counter into the office. */
  async enter(): Promise<void> {
    await this.pressKey('office')
    await this.page.waitForSelector('[data-screen="office"]', { timeout: ANSWER_MS })
  }

  /** On the first run: she becomes the admin. */
  async becomeFirstAdmin(name: string, pin: string): Promise<void> {
    await this.page.waitForSelector('[data-screen="first-run"]', { timeout: ANSWER_MS })
    await this.page.fill('[data-screen="first-run"] input', name)
    await this.keyIn(pin)
    await this.keyIn(pin)
    await this.page.waitForSelector('[data-nav="day"]', { timeout: ANSWER_MS })
  }

  async goTo(page: string): Promise<void> {
    await this.page.click(`[data-nav="${page}"]`)
    await this.sees(`[data-page="${page}"]`)
  }

  /** Back to the counter; whoever is signed in stays so. */
  async leave(): Promise<void> {
    await this.page.click('.nav [data-key="to-counter"]')
    await this.page.waitForSelector('[data-screen="staff"]', { timeout: ANSWER_MS })
  }

  async pressKey(key: string): Promise<void> {
    await this.page.click(`[data-key="${key}"]:not([disabled])`, { timeout: ANSWER_MS })
  }

  async press(action: string): Promise<void> {
    await this.page.click(`[data-action="${action}"]:not([disabled])`, { timeout: ANSWER_MS })
  }

  async fill(field: string, text: string): Promise<void> {
    await this.page.fill(`input[data-field="${field}"], [data-field="${field}"] input`, text)
  }

  /** Counts what the book says is in the drawer, or so much less or more. @returns what was counted, in fen */
  async countDrawer(differenceFen = 0): Promise<number> {
    const expected = await this.page.getAttribute('[data-expected]', 'data-expected')
    const countedFen = Number(expected) + differenceFen
    await this.page.click('.drawer-count .ant-segmented-item:last-child')
    await this.fill('counted', (countedFen / 100).toFixed(2))
    return countedFen
  }

  async exportReport(format: string): Promise<string> {
    await this.page.click(`[data-export="${format}"]:not([disabled])`)
    const ending = `[data-exported$=".${format}"]`
    await this.sees(ending)
    return (await this.page.getAttribute(ending, 'data-exported')) ?? ''
  }

  async sees(selector: string, withinMs = ANSWER_MS): Promise<void> {
    await this.page.waitForSelector(selector, { timeout: withinMs })
  }

  /** What takes its time at night. */
  seesByMorning(selector: string): Promise<void> {
    return this.sees(selector, NIGHT_MS)
  }

  /** @param within where the keys are, when there are several */
  async keyIn(pin: string, within = ''): Promise<void> {
    for (const digit of pin) await this.page.click(`${within} [data-pin-key="${digit}"]`)
    await this.page.click(`${within} [data-pin-key="done"]:not([disabled])`)
  }
}
