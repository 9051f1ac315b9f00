import { spawn, type ChildProcess } from 'node:child_process'
import type { ShellMessage, StationMessage } from '../../../shared/contract/supervision.ts'
import { keepLastWords, type StationHost, type StationLife } from './station-host.ts'

/** The shell's end of a channel whose other end a page holds. */
export interface BridgedPort {
  postMessage(data: unknown): void
  onMessage(listener: (data: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

export interface ChildProcessSettings<Port> {
  /** A Node 24 executable. */
  readonly nodePath: string
  readonly entryPath: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Makes a channel: one end stays here, the other goes to a page. */
  readonly channel: () => { readonly near: BridgedPort; readonly far: Port }
}

/**
 * The station as a child process of Node 24, for runtimes whose own Node cannot load its modules. Ports cannot be handed
 * to such a process, so this bridges each over the one IPC pipe by a number.
 */
export function childProcessHost<Port>(settings: ChildProcessSettings<Port>): StationHost<Port> {
  return {
    kind: 'child',
    start(events) {
      const child = spawn(settings.nodePath, [settings.entryPath], {
        stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
        serialization: 'advanced',
        env: settings.environment,
      })
      const lastWords = keepLastWords(child.stderr)
      const bridge = bridgeOver(child, settings.channel)
      child.on('message', (message: StationMessage) => {
        if (!bridge.receive(message)) events.onMessage(message)
      })
      let ended = false
      const end = (code: number | null, words: string) => {
        if (ended) return
        ended = true
        bridge.closeAll()
        events.onExit({ code, lastWords: words })
      }
      // 'error' comes instead of 'exit' when the process could not be started at all.
      child.on('error', (error) => end(null, error.message))
      child.on('exit', (code) => end(code, lastWords()))
      return bridge.life
    },
  }
}

interface Bridge<Port> {
  readonly life: StationLife<Port>
  /** True when the message was for a page. */
  receive(message: StationMessage): boolean
  closeAll(): void
}

function bridgeOver<Port>(child: ChildProcess, channel: ChildProcessSettings<Port>['channel']): Bridge<Port> {
  const ports = new Map<number, BridgedPort>()
  let lastNumber = 0
  const send = (message: ShellMessage) => {
    if (child.connected) child.send(message, ignoreBrokenPipe)
  }
  const connect = () => {
    const { near, far } = channel()
    const port = (lastNumber += 1)
    ports.set(port, near)
    send({ kind: 'connect', port })
    near.onMessage((data) => send({ kind: 'port-message', port, data }))
    near.onClose(() => {
      if (ports.delete(port)) send({ kind: 'port-closed', port })
    })
    if (!child.connected) near.close()
    return far
  }
  return {
    life: { pid: child.pid, connect, send, kill: () => child.kill('SIGKILL') },
    receive(message) {
      if (message.kind === 'port-message') ports.get(message.port)?.postMessage(message.data)
      else if (message.kind === 'port-closed') ports.get(message.port)?.close()
      else return false
      return true
    },
    closeAll() {
      const closing = [...ports.values()]
      ports.clear()
      for (const port of closing) port.close()
    },
  }
}

/** A write that fails because the station just died is told by its exit. */
function ignoreBrokenPipe(): void {
  // Nothing to do: 'exit' follows and closes every port.
}
