/**
 * What the shell and the station's process say to each other beside the contract: life signs and ports. The shell keeps
 * no business rule, so nothing here knows of sales.
 */

/** Why a station refuses to start; each has its own exit code and its own words on the fault page. */
export const START_REFUSALS = {
  /** Another station holds the same data folder. */
  'second-station': 71,
  /** The book was written by a newer version of this program. */
  'book-from-the-future': 72,
  /** The book does not open, or its chain is broken. */
  'book-damaged': 73,
  /** The data folder cannot be written: permissions, a read-only disk. */
  'folder-not-writable': 74,
  /** The configuration file cannot be understood. */
  'configuration-invalid': 75,
  'disk-full': 76,
  /** The trial counter's simulated devices have no pseudo-terminals to speak through. */
  'trial-without-wires': 77,
} as const
export type StartRefusal = keyof typeof START_REFUSALS

/** Thrown while a station is being composed: an expected reason not to start. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused'
  readonly refusal: StartRefusal

  /** @param detail one line for support: the path, the version, the place in the file */
  constructor(refusal: StartRefusal, detail: string) {
    super(detail)
    this.refusal = refusal
  }
}

/** `port` numbers exist only where ports cannot be handed over and share one pipe: in a child process. */
export type ShellMessage =
  | { readonly kind: 'ping'; readonly beat: number }
  | { readonly kind: 'connect'; readonly port?: number }
  | { readonly kind: 'port-message'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly port: number }
  | { readonly kind: 'stop' }
  | PrintAnswer

export type StationMessage =
  | { readonly kind: 'ready'; readonly trial: boolean }
  | { readonly kind: 'pong'; readonly beat: number }
  | { readonly kind: 'fatal'; readonly refusal: StartRefusal; readonly detail: string }
  | { readonly kind: 'port-message'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly port: number }
  | PrintRequest
  /** Somebody allowed to asked for it: stop me and start me again, for what was written into the configuration. */
  | { readonly kind: 'restart' }

/** The station asks its shell to turn a page into a PDF: a whole document with everything inside and no script. */
export interface PrintRequest {
  readonly kind: 'print'
  /** Rises with each request of a station's process. */
  readonly job: number
  readonly html: string
}

export type PrintAnswer =
  | { readonly kind: 'printed'; readonly job: number; readonly pdf: Uint8Array }
  | { readonly kind: 'not-printed'; readonly job: number; readonly reason: string }
