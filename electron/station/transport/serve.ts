import type { AnyRouter } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { START_REFUSALS, StartRefused } from '../../../shared/contract/supervision.ts'
import type { Printer } from '../deps.ts'
import type { Connection } from '../staff/connection.ts'
import { childLink, type ParentPipe } from './child-link.ts'
import { stationEnvironment, type StationEnvironment } from './environment.ts'
import type { ShellLink } from './shell-link.ts'
import { shellPrinter } from './shell-printer.ts'
import { utilityLink, type ParentPort } from './utility-link.ts'

/** A station with everything around it, ready to be served. */
export interface ComposedStation {
  readonly router: AnyRouter
  /** Who asks through a port: made with the port and closed with it. */
  connect(): Pick<Connection, 'close'>
  /** True while it runs on simulated devices: the shell then opens the trial panel and no kiosk. */
  readonly trial: boolean
  /** Closes devices and book. */
  stop(): Promise<void>
}

/** What the shell that started this process does for it. */
export interface ShellServices {
  readonly printer: Printer
  /** Asks the shell to stop this station and to start it again. */
  restart(): void
}

/** @throws StartRefused for the expected reasons not to start */
export type ComposeStation = (
  environment: StationEnvironment,
  shell: ShellServices,
) => Promise<ComposedStation>

/** The line to whoever started this process. @throws Error when nobody did */
function linkOfThisProcess(): ShellLink {
  const parentPort = (process as { parentPort?: ParentPort }).parentPort
  if (parentPort !== undefined) return utilityLink(parentPort)
  if (process.send !== undefined) return childLink(process as unknown as ParentPipe)
  throw new Error('a station is started by its shell; on its own use the command line')
}

/**
 * Serves a station to the shell that started this process, until the shell says stop or is gone. Heartbeats are answered
 * from the first moment, so that a station busy with a migration is told from a frozen one by its answer to the shell.
 */
export async function serveStation(compose: ComposeStation): Promise<void> {
  const link = linkOfThisProcess()
  link.onMessage((message) => {
    if (message.kind === 'ping') link.send({ kind: 'pong', beat: message.beat })
  })
  let station: ComposedStation | null = null
  let ending = false
  // Heard also while the station is being put together; a second word to stop finds the first one at work.
  const end = () => {
    if (ending) return
    ending = true
    void Promise.resolve(station?.stop()).then(() => process.exit(0))
  }
  link.onLost(end)
  link.onMessage((message) => {
    if (message.kind === 'stop') end()
  })
  station = await composeOrRefuse(link, compose)
  if (station === null) return
  const handler = new RPCHandler(station.router)
  const served = station
  link.onPort((port) => {
    const connection = served.connect()
    port.on('close', () => connection.close())
    handler.upgrade(port, { context: { connection } })
  })
  link.send({ kind: 'ready', trial: station.trial })
}

async function composeOrRefuse(link: ShellLink, compose: ComposeStation): Promise<ComposedStation | null> {
  try {
    const restart = (): void => link.send({ kind: 'restart' })
    return await compose(stationEnvironment(process.env), { printer: shellPrinter(link), restart })
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    process.exitCode = START_REFUSALS[error.refusal]
    link.sendLast({ kind: 'fatal', refusal: error.refusal, detail: error.message })
    return null
  }
}
