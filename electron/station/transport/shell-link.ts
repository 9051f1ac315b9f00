import type { ShellMessage, StationMessage } from '../../../shared/contract/supervision.ts'

/** One end of a channel to a page, in the shape the RPC library takes: event emitters with `data` in the event. */
export interface PagePort {
  postMessage(data: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}

/** The line from the station's process to the shell that started it. */
export interface ShellLink {
  send(message: StationMessage): void
  /** Sends the last words of this process and ends it once they have left. */
  sendLast(message: StationMessage): void
  onMessage(listener: (message: ShellMessage) => void): void
  onPort(listener: (port: PagePort) => void): void
  /** The shell is gone: there is nobody left to serve. */
  onLost(listener: () => void): void
}
