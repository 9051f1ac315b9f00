import type { WorkingCalendar } from '../../shared/domain/calendar.ts'
import type { SaleDraft } from '../../shared/domain/sale.ts'
import type { PrintingView } from '../../shared/contract/printing.ts'
import type { StationHealth } from '../../shared/contract/station.ts'
import type { Book } from './book/book.ts'
import type { Bays } from './bays/bays.ts'
import { baysHealth } from './bays/health.ts'
import { openBays, type OpenBays } from './bays/open.ts'
import { createBackups, type Backups, type StartBackup } from './backup/backups.ts'
import { createCounter, type Counter } from './counter/counter.ts'
import { createCustomerDisplay } from './customer-display/customer-display.ts'
import type {
  Cancel,
  CardListener,
  Clock,
  Ids,
  Log,
  Printer,
  Request,
  SerialBus,
  StationConfig,
  Timers,
} from './deps.ts'
import { openReader, openScale } from './devices/devices.ts'
import type { DeviceHandle } from './devices/open-device.ts'
import { LendingBus } from './devices/lending-bus.ts'
import { DeviceDesk } from './devices/office/device-desk.ts'
import { WedgeReader } from './devices/wedge-reader.ts'
import { startGrantRounds } from './grants/grant-rounds.ts'
import { createHealthWatch, type HealthWatch } from './health/health.ts'
import { Live } from './live.ts'
import { ImportDesk } from './members/import/import-desk.ts'
import { CardSightings } from './members/card-alarms.ts'
import { MemberIndex } from './members/member-index.ts'
import { IdDesk } from './members/id-desk.ts'
import { memberPins } from './members/member-pins.ts'
import { TappedCards } from './members/tapped-cards.ts'
import { ScaleDesk } from './metrology/scale-desk.ts'
import { counterPlace, ScaleDesks } from './metrology/scale-desks.ts'
import { ScaleRecord } from './metrology/scale-record.ts'
import { createPrinting, type Printing } from './printing/printing.ts'
import { createRouter, type StationRouter } from './router.ts'
import type { Connection } from './staff/connection.ts'
import { StaffDesk } from './staff/desk.ts'
import { createSync, type Sync } from './sync/sync.ts'

/** Everything a station touches of the world. The same station runs in Electron, in Node, in the simulator, in tests. */
export interface StationDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: Ids
  readonly log: Log
  readonly serialBus: SerialBus
  readonly book: Book
  readonly calendar: WorkingCalendar
  readonly config: StationConfig
  readonly trial: boolean
  readonly version: string
  /** Where the book lies; reports, receipts, backups and keys have their places inside. */
  readonly dataFolder: string
  /** Null where no page can be turned into a PDF. */
  readonly printer: Printer | null
  readonly request: Request
  /** Null where no backup is taken: a simulated machine. */
  readonly startBackup: StartBackup | null
  /** Has this station stopped and started again; absent where nobody would. */
  readonly restart?: () => void
  /** In [0, 1): for the jitter of retries, never for ids or keys. */
  readonly random: () => number
}

export interface Station {
  readonly router: StationRouter
  readonly counter: Counter
  /** Null in a canteen without bays. */
  readonly bays: Bays | null
  readonly health: Live<StationHealth>
  readonly backups: Backups
  readonly healthWatch: HealthWatch
  readonly sync: Sync
  /** A window, or a command, that will ask; each signs in for itself. */
  connect(): Connection
  /** Lets the devices go, then closes the book. */
  stop(): Promise<void>
}

const HEALTH_PERIOD_MS = 500

/** Builds the point of sale: opens the devices, starts the counter, and answers the contract. */
export function createStation(deps: StationDeps): Station {
  const { config, book, timers } = deps
  const bus = new LendingBus(deps.serialBus)
  const scaleRecord = config.scale === null ? null : new ScaleRecord(config.scale.profile, config.metrology)
  scaleRecord?.look(book)
  const printing = createPrinting(deps)
  const onSettled = (sale: SaleDraft): void => printing?.sold(sale)
  const sync = createSync(deps)
  const lastSyncMs = (): number | null => lastSyncOf(sync)
  const counter = createCounter({ ...deps, scaleRecord, onSettled, lastSyncMs })
  const stopGrants = startGrantRounds({ ...deps, counter, lastSyncMs })
  const display = createCustomerDisplay(deps, config.display, counter.view)
  const scaleDesk =
    scaleRecord === null ? null : new ScaleDesk({ ...deps, scaleRecord, place: counterPlace(counter) })
  const sightings = sightingsOf(deps)
  const openedBays = openBays({ ...deps, serialBus: bus, counter, sightings, onSettled })
  const bays = openedBays?.bays ?? null
  const scaleDesks = new ScaleDesks(scaleDesk, openedBays?.lines ?? [])
  const tapped = new TappedCards(deps)
  const cards = officeFirst(tapped, counter, sightings)
  const { scale, reader } = openDevices(deps, bus, { counter, scaleDesk, cards })
  const wedge = config.wedge === undefined ? null : new WedgeReader(timers, config.wedge.base, cards)
  const idDesk =
    config.idReader === undefined ? null : new IdDesk({ bus, timers, log: deps.log }, config.idReader)
  const deviceDesk = new DeviceDesk({ ...deps, bus, scale, reader, idDesk, openedBays })
  const desk = new StaffDesk(deps)
  const members = new MemberIndex(deps)
  const importDesk = new ImportDesk({ ...deps, members })
  const watched = { counter, scale, reader, idDesk, scaleRecord, openedBays, printing }
  const { health, stopHealth } = watchHealth(deps, watched)
  const backups = createBackups({
    ...deps,
    paying: () => counter.view.current.phase === 'checking',
    clockState: () => counter.clockState(),
  })
  sync.start()
  const healthWatch = createHealthWatch({ ...deps, backups, health, sync: sync.view })
  const parts = { counter, bays, health, backups, healthWatch, sync }
  return {
    router: createRouter({
      ...deps,
      ...parts,
      desk,
      members,
      importDesk,
      tapped,
      pins: memberPins(deps),
      idDesk,
      wedge,
      scaleDesks,
      deviceDesk,
      printing,
    }),
    ...parts,
    connect: () => desk.connect(),
    async stop() {
      stopHealth()
      stopGrants()
      healthWatch.close()
      scaleDesks.close()
      wedge?.close()
      counter.close()
      desk.close()
      importDesk.stop()
      members.close()
      await Promise.all([
        scale?.close(),
        reader?.close(),
        idDesk?.close(),
        printing?.close(),
        display?.close(),
        openedBays?.close(),
        backups.close(),
        sync.close(),
      ])
      book.close()
    },
  }
}

const sightingsOf = ({ book, log, timers, clock, config }: StationDeps): CardSightings =>
  new CardSightings({
    book,
    log,
    monotonicMs: () => timers.monotonicMs(),
    nowMs: () => clock.nowMs(),
    twoPlacesSeconds: config.cards.twoPlacesSeconds,
  })

/** When the server answered last; null for a station that belongs to none. */
function lastSyncOf(sync: Sync): number | null {
  const { server, lastSuccessMs } = sync.view.current
  return server === null ? null : (lastSuccessMs ?? 0)
}

/** A card that the office waits for never reaches the counter. */
const officeFirst = (tapped: TappedCards, counter: Counter, sightings: CardSightings): CardListener => ({
  onCard(event) {
    if (event.kind === 'present') sightings.saw(event.uid, 'counter')
    if (!tapped.takes(event)) counter.onCard(event)
  },
})

/** What the lamps tell of. */
interface Watched {
  readonly counter: Counter
  readonly scale: DeviceHandle | null
  readonly reader: DeviceHandle | null
  readonly idDesk: IdDesk | null
  readonly scaleRecord: ScaleRecord | null
  readonly openedBays: OpenBays | null
  readonly printing: Printing | null
}

/** The lamps, looked at twice a second and published when one of them has changed. */
function watchHealth(
  deps: StationDeps,
  watched: Watched,
): { readonly health: Live<StationHealth>; readonly stopHealth: Cancel } {
  const health = new Live(healthOf(deps, watched))
  const stopHealth = deps.timers.every(HEALTH_PERIOD_MS, () => {
    const next = healthOf(deps, watched)
    if (JSON.stringify(next) !== JSON.stringify(health.current)) health.publish(next)
  })
  return { health, stopHealth }
}

interface Hearers {
  readonly counter: Counter
  readonly scaleDesk: ScaleDesk | null
  /** A card that the office waits for never reaches the counter. */
  readonly cards: CardListener
}

/** Opens what the configuration names. */
function openDevices(
  { config, timers, log }: StationDeps,
  bus: SerialBus,
  { counter, scaleDesk, cards }: Hearers,
): { readonly scale: DeviceHandle | null; readonly reader: DeviceHandle | null } {
  const scale =
    config.scale === null
      ? null
      : openScale({ bus, timers, log }, config.scale, {
          onReading(reading) {
            scaleDesk?.onReading(reading)
            counter.onReading(reading)
          },
        })
  const reader = config.reader === null ? null : openReader({ bus, timers, log }, config.reader, cards)
  return { scale, reader }
}

function healthOf(
  deps: StationDeps,
  { counter, scale, reader, idDesk, scaleRecord, openedBays, printing }: Watched,
): StationHealth {
  const { config } = deps
  const view = counter.view.current
  const book = deps.book.health()
  return {
    stationId: config.stationId,
    canteenName: config.canteen.name,
    timeZone: config.canteen.timeZone,
    trial: deps.trial,
    version: deps.version,
    book: {
      state: book.state,
      entries: book.entries,
      headHash: book.headHash,
      synchronous: book.synchronous,
      sqliteVersion: book.sqliteVersion,
    },
    scale:
      scale === null || config.scale === null
        ? null
        : {
            state: view.scale.state,
            protocol: config.scale.protocol,
            port: scale.status().port,
            verifiedUntil: config.scale.profile.verifiedUntil,
            lock: scaleRecord?.lockOn(view.businessDate) ?? null,
            advice: scaleRecord?.adviceOn(view.businessDate) ?? [],
          },
    reader: readerHealth(config, view.reader.connected, reader),
    idReader: idDesk === null ? null : { connected: idDesk.connected },
    bays: openedBays === null ? null : baysHealth(openedBays, view.businessDate),
    printer: printing === null ? null : printerHealth(printing.view.current, config.printer),
    clock: counter.clockState(),
  }
}

const printerHealth = (
  { connected, trouble, waiting, letGo }: PrintingView,
  settings: StationConfig['printer'],
): StationHealth['printer'] => ({
  connected,
  trouble,
  waiting: waiting.length,
  letGo,
  drawerKey: settings?.drawer === true && settings.drawerKey === 'counter',
})

function readerHealth(
  { reader: configured, wedge }: StationConfig,
  connected: boolean,
  reader: DeviceHandle | null,
): StationHealth['reader'] {
  // Whether a keyboard is plugged in cannot be seen.
  if (wedge !== undefined) return { connected: true, protocol: wedge.protocol, port: null }
  if (reader === null || configured === null) return null
  return { connected, protocol: configured.protocol, port: reader.status().port }
}
