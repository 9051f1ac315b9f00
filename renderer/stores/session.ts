import type { CounterView } from '../../shared/domain/checkout/view.ts'
import { useBays } from './bays.ts'
import { clientOver, type StationClient } from './client.ts'
import { refreshSales } from './sales.ts'
import { staffHeard } from './staff.ts'
import { connected, heard, lost, useStation, viewArrived } from './station.ts'
import { NO_TRIAL, useTrial } from './trial.ts'
import { withStation } from './with-station.ts'

/** What a screen follows besides the counter. */
export interface Wants {
  readonly sales: boolean
  /** Who is signed in on this window. */
  readonly staff: boolean
  readonly trial: boolean
  /** A bay by its id, or the exit's screen. */
  readonly bay?: string
  readonly exit?: boolean
}

/** The seniors' screen says "paid" first; the staff's list of sales may follow it, on a machine with two cores. */
const SALES_AFTER_PAID_MS = 300

/** How long to wait before a stream that ended is opened again on the same connection, in milliseconds. */
const REOPEN_MS = 500

/**
 * Asks the shell for a port and follows the station over it, and over each port that comes after a restart. Messages count only
 * from this very page.
 */
export function listenForStation(page: Window, wants: Wants): void {
  let following: AbortController | null = null
  page.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== page || event.origin !== page.location.origin) return
    const kind = kindOf(event.data)
    const [port] = event.ports
    if (kind !== 'canteen:station-lost' && (kind !== 'canteen:port' || port === undefined)) return
    following?.abort()
    following = null
    if (port === undefined) useStation.setState(lost)
    else {
      following = new AbortController()
      followStation(clientOver(port), wants, following.signal)
    }
  })
  page.postMessage({ kind: 'canteen:ready' }, page.location.origin)
}

const kindOf = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'kind' in message ? message.kind : null

/** Follows one connection until `signal` aborts: views, health and what else is wanted go into the stores. */
export function followStation(client: StationClient, wants: Wants, signal: AbortSignal): void {
  useStation.setState((state) => connected(state, client))
  const { connectionNo } = useStation.getState()
  const isCurrent = () => !signal.aborted && useStation.getState().connectionNo === connectionNo

  const takeView = (view: CounterView) => {
    const before = useStation.getState()
    useStation.setState((state) => viewArrived(state, connectionNo, view))
    const { viewsSeen } = useStation.getState()
    if (viewsSeen === before.viewsSeen) return
    const previous = viewsSeen === 1 ? null : before.view
    if (menuMayDiffer(previous, view))
      void withStation(client.counter.menu()).then((menu) => {
        if (menu !== null) useStation.setState((state) => heard(state, connectionNo, { menu }))
      })
    if (wants.sales && bookMayDiffer(previous, view))
      setTimeout(
        () => void refreshSales(client, view.businessDate),
        previous === null ? 0 : SALES_AFTER_PAID_MS,
      )
  }

  const viewsEnded = () => {
    if (isCurrent()) useStation.setState((state) => ({ ...lost(state), client }))
  }
  void keepFollowing(
    (during) => client.counter.watch(undefined, { signal: during }),
    takeView,
    signal,
    viewsEnded,
  )
  void keepFollowing(
    (during) => client.station.watchHealth(undefined, { signal: during }),
    (health) => useStation.setState((state) => heard(state, connectionNo, { health })),
    signal,
  )
  if (wants.staff)
    void keepFollowing(
      (during) => client.staff.watch(undefined, { signal: during }),
      (view) => staffHeard(connectionNo, view),
      signal,
    )
  followBays(client, wants, signal)
  if (wants.trial) followTrial(client, signal)
}

function followTrial(client: StationClient, signal: AbortSignal): void {
  useTrial.setState(NO_TRIAL)
  void keepFollowing(
    (during) => client.trial.watch(undefined, { signal: during }),
    (view) => useTrial.setState({ view }),
    signal,
  )
  void withStation(client.bays.setUp()).then((setUp) => {
    for (const bayId of setUp?.bayIds ?? [])
      void keepFollowing(
        (during) => client.bays.watchBay({ bayId }, { signal: during }),
        (bay) =>
          useTrial.setState(({ screens }) => ({
            screens: { ...screens, bays: { ...screens.bays, [bayId]: bay } },
          })),
        signal,
      )
    if (setUp?.exit === true)
      void keepFollowing(
        (during) => client.bays.watchExit(undefined, { signal: during }),
        (exit) => useTrial.setState(({ screens }) => ({ screens: { ...screens, exit } })),
        signal,
      )
  })
}

function followBays(client: StationClient, { bay: bayId, exit }: Wants, signal: AbortSignal): void {
  useBays.setState({ bay: null, exit: null })
  if (bayId !== undefined)
    void keepFollowing(
      (during) => client.bays.watchBay({ bayId }, { signal: during }),
      (bay) => useBays.setState({ bay }),
      signal,
    )
  if (exit === true)
    void keepFollowing(
      (during) => client.bays.watchExit(undefined, { signal: during }),
      (view) => useBays.setState({ exit: view }),
      signal,
    )
}

/** A menu is asked for anew when it has changed, and between two sales, should an answer have been lost. */
const menuMayDiffer = (previous: CounterView | null, view: CounterView): boolean =>
  previous?.menuRevision !== view.menuRevision || (view.phase === 'idle' && previous.phase !== 'idle')

const bookMayDiffer = (previous: CounterView | null, view: CounterView): boolean =>
  previous === null ||
  previous.businessDate !== view.businessDate ||
  (view.phase === 'paid' && (previous.phase !== 'paid' || previous.saleId !== view.saleId))

async function keepFollowing<Value>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<Value>>,
  take: (value: Value) => void,
  signal: AbortSignal,
  ended: () => void = () => undefined,
): Promise<void> {
  while (!signal.aborted) {
    await withStation(takeAll(open, take, signal))
    if (signal.aborted) return
    ended()
    await new Promise((resolve) => {
      setTimeout(resolve, REOPEN_MS)
    })
  }
}

async function takeAll<Value>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<Value>>,
  take: (value: Value) => void,
  signal: AbortSignal,
): Promise<void> {
  for await (const value of await open(signal)) {
    if (signal.aborted) return
    take(value)
  }
}
