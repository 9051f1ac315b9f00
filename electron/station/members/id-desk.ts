import type { IdCardAnswer } from '../../../shared/contract/members.ts'
import { isDate } from '../../../shared/domain/calendar.ts'
import type { IdCard } from '../../../shared/domain/id-card.ts'
import { idNumberFault } from '../../../shared/domain/id-number.ts'
import type { Cancel, IdReaderConfig } from '../deps.ts'
import { openIdReader } from '../devices/devices.ts'
import type { DeviceDeps, DeviceHandle } from '../devices/open-device.ts'

/** A card that nobody asked for by then is forgotten. */
const KEPT_MS = 60_000

/** The ID reader, and the card it read last: in memory alone, handed out once, and for a minute (SPEC ME-8). */
export class IdDesk {
  readonly #deps: DeviceDeps
  readonly #reader: DeviceHandle
  #card: IdCard | null = null
  #cancelForget: Cancel = () => undefined

  constructor(deps: DeviceDeps, config: IdReaderConfig) {
    this.#deps = deps
    this.#reader = openIdReader(deps, config, { onIdCard: (card) => this.#keep(card) })
  }

  /** For the page that says which device is in which socket. */
  get handle(): DeviceHandle {
    return this.#reader
  }

  get connected(): boolean {
    return this.#reader.status().connected
  }

  /** Whether `take` would hand out a card. */
  get holdsCard(): boolean {
    return this.#card !== null
  }

  /** Hands the card out and forgets it. */
  take(): IdCardAnswer {
    const card = this.#card
    this.#forget()
    return card === null ? { kind: this.connected ? 'waiting' : 'disconnected' } : answerOf(card)
  }

  close(): Promise<void> {
    this.#forget()
    return this.#reader.close()
  }

  #keep(card: IdCard): void {
    this.#forget()
    this.#card = card
    this.#cancelForget = this.#deps.timers.after(KEPT_MS, () => this.#forget())
  }

  #forget(): void {
    this.#cancelForget()
    this.#card = null
  }
}

/** Of a card only what registering needs. */
function answerOf({ name, chineseName = '', birth, idNumber, validTo }: IdCard): IdCardAnswer {
  return {
    kind: 'card',
    fullName: chineseName === '' ? name : chineseName,
    bornOn: birth,
    idNumber: idNumberFault(idNumber) === null ? idNumber : null,
    validTo: isDate(validTo) ? validTo : null,
  }
}
