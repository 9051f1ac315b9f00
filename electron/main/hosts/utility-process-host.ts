import { MessageChannelMain, utilityProcess, type MessagePortMain } from 'electron'
import type { StationMessage } from '../../../shared/contract/supervision.ts'
import { keepLastWords, type StationHost } from './station-host.ts'

export interface UtilityProcessSettings {
  readonly entryPath: string
  readonly environment: Readonly<Record<string, string>>
}

/** The station in Electron's utility process: ports are handed over whole, and close by themselves when it dies. */
export function utilityProcessHost(settings: UtilityProcessSettings): StationHost<MessagePortMain> {
  return {
    kind: 'utility',
    start(events) {
      const child = utilityProcess.fork(settings.entryPath, [], {
        serviceName: 'canteen-station',
        stdio: ['ignore', 'inherit', 'pipe'],
        env: settings.environment,
      })
      const lastWords = keepLastWords(child.stderr)
      child.on('message', (message: StationMessage) => events.onMessage(message))
      child.on('exit', (code) => events.onExit({ code, lastWords: lastWords() }))
      return {
        get pid() {
          return child.pid
        },
        connect() {
          const { port1, port2 } = new MessageChannelMain()
          child.postMessage({ kind: 'connect' }, [port1])
          return port2
        },
        send: (message) => child.postMessage(message),
        kill: () => {
          // child.kill() asks politely (SIGTERM), which a frozen process never hears.
          if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
        },
      }
    },
  }
}
