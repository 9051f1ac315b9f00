import { WIRE_VERSION, type WireError } from '../shared/contract/sync-wire.ts'

/** The status of each failure, as `sync-wire.ts` tells the station. */
const STATUS = {
  VERSION: 426,
  INVALID: 400,
  TOO_LARGE: 413,
  UNAUTHORIZED: 401,
  CODE_REFUSED: 403,
  STATION_EXISTS: 409,
  UNKNOWN_STATION: 404,
  CHALLENGE_REFUSED: 403,
  SIGNATURE: 403,
  NOT_YOURS: 403,
  GAP: 409,
  FORK: 409,
  CHAIN: 422,
  BUSY: 503,
  NOT_FOUND: 404,
  FAULT: 500,
} as const satisfies { readonly [Code in WireError['error']]: number }

/** A call that comes to nothing, with what the station is told. Whatever the call wrote is taken back. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly body: WireError

  constructor(error: WireError['error'], more: Omit<WireError, 'error'> = {}) {
    super(more.detail ?? error)
    this.body = { error, ...more }
  }

  get status(): (typeof STATUS)[keyof typeof STATUS] {
    return STATUS[this.body.error]
  }
}

export const otherVersion = (): Failure => new Failure('VERSION', { supported: [WIRE_VERSION] })
