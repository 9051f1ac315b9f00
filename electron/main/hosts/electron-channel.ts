import { MessageChannelMain, type MessagePortMain } from 'electron'
import type { BridgedPort } from './child-process-host.ts'

/** A channel between the shell and a page, for the station that lives in a child process. */
export function electronChannel(): { near: BridgedPort; far: MessagePortMain } {
  const { port1, port2 } = new MessageChannelMain()
  port1.start()
  return {
    far: port2,
    near: {
      postMessage: (data) => port1.postMessage(data),
      onMessage: (listener) => port1.on('message', (event) => listener(event.data)),
      onClose: (listener) => port1.on('close', listener),
      close: () => port1.close(),
    },
  }
}
