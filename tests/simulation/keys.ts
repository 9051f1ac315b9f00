import { ORPCError } from '@orpc/server'
import type { BusinessMoment } from '../../shared/domain/business-day.ts'
import type { StaffKey } from '../../shared/domain/checkout/state.ts'
import type { CounterView } from '../../shared/domain/checkout/view.ts'
import type { Auditor } from './auditor.ts'
import type { DeviceClock } from './device-clock.ts'
import type { Machine, Process } from './machine.ts'
import type { Office } from './office.ts'
import type { Trace } from './trace.ts'
import { crashed, Violation } from './violation.ts'

/** `nobody`: there was no station to hear it; `dead`: it died over it. */
export type Pressed = 'done' | 'refused' | 'dead' | 'nobody'

interface KeysDeps {
  readonly machine: Machine
  readonly auditor: Auditor
  readonly clock: DeviceClock
  readonly office: Office
  readonly trace: Trace
  /** By the device's clock. */
  readonly moment: () => BusinessMoment
}

/** The counter's keys, and what the auditor expects of them. */
export class StaffKeys {
  readonly #deps: KeysDeps

  constructor(deps: KeysDeps) {
    this.#deps = deps
  }

  async press(key: StaffKey): Promise<Pressed> {
    const { machine, auditor, trace } = this.#deps
    const { process } = machine
    if (process === null) return 'nobody'
    const before = process.station.counter.view.current
    const { serving } = auditor
    if (key.kind === 'take-cash' || key.kind === 'guest-cash') serving.cashAgreed = true
    const keyedBefore = serving.keyed
    if (key.kind === 'add-portion') {
      const { dishId, quantity } = key
      serving.keyed = new Map([...keyedBefore, [dishId, (keyedBefore.get(dishId) ?? 0) + quantity]])
    }
    const pressed = await this.#ask(process, key)
    trace.note('key', key.kind, pressed)
    if (pressed === 'done') this.#note(process, key, before)
    if (pressed === 'refused') serving.keyed = keyedBefore
    if (pressed === 'refused') await this.#checkChangesNothing(process, key)
    return pressed
  }

  /** The first press also made the view fresh; the second finds it so, and must leave it as it is (SPEC CK-13). */
  async #checkChangesNothing(process: Process, key: StaffKey): Promise<void> {
    const before = process.station.counter.view.current
    const again = await this.#ask(process, key)
    if (again === 'refused' && process.station.counter.view.current !== before)
      throw new Violation('CK-13', `a refused ${key.kind} changed the view`)
  }

  async #ask({ client, database }: Process, key: StaffKey): Promise<'done' | 'refused' | 'dead'> {
    try {
      await client.counter.press({ key })
      return database.dead ? 'dead' : 'done'
    } catch (error) {
      if (database.dead) return 'dead'
      if (error instanceof ORPCError && (error.code === 'NOT_NOW' || error.code === 'NOT_ON_MENU'))
        return 'refused'
      throw crashed(error)
    }
  }

  #note(process: Process, key: StaffKey, before: CounterView): void {
    const { auditor, clock } = this.#deps
    if (key.kind === 'add-portion' && before.saleId === null && this.#isSoldOut(process, key.dishId))
      throw new Violation('ME-3', `${key.dishId} was keyed in, and there is none left`)
    if (key.kind === 'confirm-clock') auditor.confirmClock(clock.nowMs())
    if (!before.keys.includes(key.kind))
      throw new Violation('CK-13', `${key.kind} did something, and the screen showed it resting`)
  }

  #isSoldOut({ database, realBook }: Process, dishId: string): boolean {
    const { auditor, clock, office, moment } = this.#deps
    const now = moment()
    const businessDate = auditor.model.openDate(now.businessDate)
    const newestMs = database.quietly(() => realBook.newestPhysicalMs())
    const isRight = clock.wrongByMs === 0 && newestMs <= clock.nowMs()
    return isRight && office.isSoldOut({ ...now, businessDate }, dishId)
  }
}
