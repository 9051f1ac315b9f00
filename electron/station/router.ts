import type { StationHealth } from '../../shared/contract/station.ts'
import type { Backups } from './backup/backups.ts'
import type { Bays } from './bays/bays.ts'
import { baysRouter } from './bays/router.ts'
import { backupsRouter } from './backup/router.ts'
import { claimsRouter } from './claims/router.ts'
import { clockCheck } from './counter/clock-check.ts'
import { confirmingHandlers } from './counter/confirming.ts'
import type { Counter } from './counter/counter.ts'
import { dayRouter } from './day/router.ts'
import type { HealthWatch } from './health/health.ts'
import type { DeviceDesk } from './devices/office/device-desk.ts'
import { devicesRouter } from './devices/office/router.ts'
import { healthRouter } from './health/router.ts'
import { station } from './implementer.ts'
import type { WedgeReader } from './devices/wedge-reader.ts'
import type { Live } from './live.ts'
import type { MemberIndex } from './members/member-index.ts'
import { metrologyRouter } from './metrology/router.ts'
import type { ScaleDesks } from './metrology/scale-desks.ts'
import { membersRouter } from './members/router.ts'
import type { IdDesk } from './members/id-desk.ts'
import type { TappedCards } from './members/tapped-cards.ts'
import type { ImportDesk } from './members/import/import-desk.ts'
import { memberImportRouter } from './members/import/router.ts'
import { menusRouter } from './menus/router.ts'
import type { Printing } from './printing/printing.ts'
import { counterDrawer, printingRouter } from './printing/router.ts'
import { policyRouter } from './policy/router.ts'
import { hindranceOf, noteWish, restartWhenQuiet } from './restart.ts'
import { receiptsRouter } from './receipts/router.ts'
import { reportsRouter } from './reports/router.ts'
import { salesRouter } from './sales/router.ts'
import { actorOf } from './staff/approval.ts'
import type { StaffDesk } from './staff/desk.ts'
import type { Pins } from './staff/pins.ts'
import { guard } from './staff/guard.ts'
import { staffRouter } from './staff/router.ts'
import type { StationDeps } from './station.ts'
import { syncRouter } from './sync/router.ts'
import type { Sync } from './sync/sync.ts'
import { walletsRouter } from './wallets/router.ts'

export interface RouterDeps extends StationDeps {
  readonly counter: Counter
  readonly bays: Bays | null
  readonly desk: StaffDesk
  readonly members: MemberIndex
  readonly importDesk: ImportDesk
  readonly tapped: TappedCards
  readonly pins: Pins
  readonly idDesk: IdDesk | null
  readonly wedge: WedgeReader | null
  readonly health: Live<StationHealth>
  readonly backups: Backups
  readonly sync: Sync
  readonly healthWatch: HealthWatch
  readonly scaleDesks: ScaleDesks
  readonly printing: Printing | null
  readonly deviceDesk: DeviceDesk
}

/**
 * The contract, answered: requests arrive from whoever may ask (SPEC SE-7) and validated, and what cannot be done now is a
 * typed error (SPEC ST-4).
 */
export function createRouter(deps: RouterDeps) {
  const { counter, health } = deps
  const asked = station.use(guard).use(clockCheck(() => counter.clockState()))
  return asked.router({
    counter: {
      watch: station.counter.watch.handler(({ signal }) => counter.view.watch(signal)),
      press: station.counter.press.handler(({ input, errors }) => {
        const refusal = counter.press(input.key)
        if (refusal?.code === 'NOT_NOW') throw errors.NOT_NOW({ data: { phase: counter.view.current.phase } })
        if (refusal?.code === 'NOT_ON_MENU') throw errors.NOT_ON_MENU({ data: { id: refusal.id } })
        return { revision: counter.view.current.revision }
      }),
      cardTyped: station.counter.cardTyped.handler(({ input }) => ({
        taken: deps.wedge?.typed(input.digits) ?? false,
      })),
      ...confirmingHandlers(deps),
      openDrawer: counterDrawer(deps),
      menu: station.counter.menu.handler(() => counter.menu()),
    },
    bays: baysRouter(deps),
    sales: salesRouter(deps),
    station: {
      health: station.station.health.handler(() => health.current),
      watchHealth: station.station.watchHealth.handler(({ signal }) => health.watch(signal)),
      restart: station.station.restart.handler(({ signal, context, errors }) => {
        const { restart, timers } = deps
        if (restart === undefined) throw errors.NOBODY_TO_START_IT()
        noteWish(deps, actorOf(context))
        return restartWhenQuiet({ timers, hindrance: () => hindranceOf(deps), restart }, signal)
      }),
    },
    staff: staffRouter(deps),
    menus: menusRouter(deps),
    members: membersRouter(deps),
    memberImport: memberImportRouter(deps),
    wallets: walletsRouter(deps),
    receipts: receiptsRouter(deps),
    printing: printingRouter(deps),
    day: dayRouter(deps),
    reports: reportsRouter(deps),
    claims: claimsRouter(deps),
    sync: syncRouter(deps),
    backups: backupsRouter(deps),
    health: healthRouter(deps),
    devices: devicesRouter(deps),
    metrology: metrologyRouter(deps),
    policy: policyRouter(deps),
  })
}

export type StationRouter = ReturnType<typeof createRouter>
