import type { ShellMessage, StationMessage } from '../../../shared/contract/supervision.ts'
import type { PagePort, ShellLink } from './shell-link.ts'

/** A port as Electron hands it over: silent until started. */
interface TransferredPort extends PagePort {
  start(): void
}

/** What Electron puts on `process` in a utility process. */
export interface ParentPort {
  postMessage(message: StationMessage): void
  on(
    event: 'message',
    listener: (event: { readonly data: ShellMessage; readonly ports: readonly TransferredPort[] }) => void,
  ): void
}

/** The line of a station in Electron's utility process. Ports arrive as they are; the process dies with its shell. */
export function utilityLink(parentPort: ParentPort): ShellLink {
  return {
    send: (message) => parentPort.postMessage(message),
    sendLast: (message) => {
      parentPort.postMessage(message)
      setImmediate(() => process.exit())
    },
    onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
    onPort: (listener) =>
      parentPort.on('message', (event) => {
        for (const port of event.ports) {
          listener(port)
          port.start()
        }
      }),
    onLost: () => undefined,
  }
}
