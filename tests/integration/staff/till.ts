import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { StaffRole } from '../../../shared/domain/staff.ts'
import { CounterStation, type CounterOptions } from '../../fixtures/counter-station.ts'
import { openWindow, signedIn, type OfficeWindow, type SignedInWindow } from '../../fixtures/signed-in.ts'

/** A real station on a real book, with windows of the office before it; everything is cleared away after the test. */
export class OfficeTill {
  readonly #windows: OfficeWindow[] = []
  readonly #options: CounterOptions
  counter: CounterStation

  constructor(options: CounterOptions = {}) {
    this.#options = options
    this.counter = new CounterStation(options)
    onTestFinished(async () => {
      await this.#stop()
      rmSync(this.counter.folder, { recursive: true, force: true })
    })
  }

  /** A window where nobody is signed in. */
  window(): OfficeWindow {
    const window = openWindow(this.counter.station)
    this.#windows.push(window)
    return window
  }

  async as(role: StaffRole): Promise<SignedInWindow> {
    const window = await signedIn(this.counter.station, role)
    this.#windows.push(window)
    return window
  }

  /** The wall clock and the timers go on together. */
  async later(ms: number): Promise<void> {
    this.counter.clock.ms += ms
    await this.counter.timers.advance(ms)
  }

  /** The program ends and starts again on the same folder, by whatever the wall clock says then. */
  async restart(wallMs = this.counter.clock.ms): Promise<void> {
    const { folder, clock } = this.counter
    await this.#stop()
    clock.ms = wallMs
    this.counter = new CounterStation({ ...this.#options, folder, clock })
  }

  /** The program is killed where it stands, and starts on what it left on the disk. */
  async kill(): Promise<void> {
    const { folder, clock } = this.counter
    const left = mkdtempSync(join(tmpdir(), 'killed-'))
    cpSync(folder, left, { recursive: true, filter: (name) => !name.endsWith('book.lock') })
    await this.#stop()
    rmSync(folder, { recursive: true, force: true })
    this.counter = new CounterStation({ ...this.#options, folder: left, clock })
  }

  /** The acts that the book's audit noted, oldest first, with whom they were about. */
  noted(): readonly { readonly actor: string; readonly act: string; readonly subject: string | null }[] {
    return this.counter.book.read((file) =>
      file
        .statement<[], { actor: string; act: string; subject: string | null }>(
          'SELECT actor, act, subject FROM audit ORDER BY seq',
        )
        .all(),
    )
  }

  /** Everything that a request could have changed. */
  standing(): string {
    const { entries, headHash } = this.counter.book.health()
    return `${entries} ${headHash}`
  }

  async #stop(): Promise<void> {
    for (const window of this.#windows.splice(0)) window.close()
    await this.counter.stop()
  }
}

/** What a refused request was refused with. @throws Error when it was not refused. */
export async function refusalOf(request: Promise<unknown>): Promise<unknown> {
  const answer = await request.then(
    () => null,
    (error: unknown) => error,
  )
  if (answer === null) throw new Error('the request was answered')
  return answer
}
