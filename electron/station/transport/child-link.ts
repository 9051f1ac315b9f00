import { EventEmitter } from 'node:events'
import type { ShellMessage, StationMessage } from '../../../shared/contract/supervision.ts'
import type { PagePort, ShellLink } from './shell-link.ts'

/** The part of `process` that a child with an IPC pipe has. */
export interface ParentPipe {
  send(message: StationMessage, sent?: () => void): void
  on(event: 'message', listener: (message: ShellMessage) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
}

/** A page's port inside the shared pipe, told apart by its number. */
class NumberedPort extends EventEmitter implements PagePort {
  readonly #number: number
  readonly #send: (message: StationMessage) => void

  constructor(number: number, send: (message: StationMessage) => void) {
    super()
    this.#number = number
    this.#send = send
  }

  postMessage(data: unknown): void {
    this.#send({ kind: 'port-message', port: this.#number, data })
  }
}

/** The line of a station in a plain Node child process: one pipe that carries every page's port by its number. */
export function childLink(pipe: ParentPipe): ShellLink {
  const ports = new Map<number, NumberedPort>()
  const portListeners: ((port: PagePort) => void)[] = []

  const closeAll = () => {
    for (const port of ports.values()) port.emit('close')
    ports.clear()
  }
  const receive = (message: ShellMessage) => {
    if (message.kind === 'connect' && message.port !== undefined) {
      const port = new NumberedPort(message.port, (words) => pipe.send(words))
      ports.set(message.port, port)
      for (const listener of portListeners) listener(port)
    }
    if (message.kind === 'port-message') ports.get(message.port)?.emit('message', { data: message.data })
    if (message.kind === 'port-closed') {
      ports.get(message.port)?.emit('close')
      ports.delete(message.port)
    }
  }
  pipe.on('message', receive)
  return {
    send: (message) => pipe.send(message),
    sendLast: (message) => pipe.send(message, () => process.exit()),
    onMessage: (listener) => pipe.on('message', listener),
    onPort: (listener) => portListeners.push(listener),
    onLost: (listener) =>
      pipe.on('disconnect', () => {
        closeAll()
        listener()
      }),
  }
}
