import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { afterEach, expect, test } from 'vitest'
import { Live } from '../../../electron/station/live.ts'
import { clientOver } from '../../../renderer/stores/client.ts'
import { pressKey } from '../../../renderer/stores/press.ts'
import {
  hasRestarted,
  takeBackRestart,
  useRestartWish,
  wishRestart,
} from '../../../renderer/stores/restart.ts'
import { useSales } from '../../../renderer/stores/sales.ts'
import { followStation } from '../../../renderer/stores/session.ts'
import { NO_STATION, useStation } from '../../../renderer/stores/station.ts'
import { useTrial } from '../../../renderer/stores/trial.ts'
import { trialStationContract } from '../../../shared/contract/index.ts'
import type { RestartEvent } from '../../../shared/contract/station.ts'
import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import { explainedFixture, salesFixture, totalsFixture } from '../../fixtures/sales-shown.ts'
import { menuFixture } from '../../fixtures/menus-shown.ts'
import { healthFixture, phaseFixtures, trialFixture } from '../../fixtures/views.ts'

/** A station that says what the test tells it to, behind the real contract and a real port. */
function smallStation(first: CounterView) {
  const view = new Live<CounterView>(first)
  const calls = { menu: 0, recent: 0 }
  const restart = new Live<RestartEvent>({ kind: 'waiting', hindrance: 'sale' })
  const { counter, sales, station: about, trial } = trialStationContract
  const { recent, explain, dayTotals } = sales
  const station = implement({ counter, sales: { recent, explain, dayTotals }, station: about, trial })
  const done = () => ({})
  const router = station.router({
    counter: {
      watch: station.counter.watch.handler(({ signal }) => view.watch(signal)),
      press: station.counter.press.handler(({ input, errors }) => {
        if (input.key.kind === 'take-cash') throw errors.NOT_NOW({ data: { phase: view.current.phase } })
        if (input.key.kind === 'choose-dish') throw errors.NOT_ON_MENU({ data: { id: input.key.dishId } })
        if (input.key.kind === 'cancel') throw new Error('a fault of the station')
        return { revision: view.current.revision }
      }),
      openDrawer: station.counter.openDrawer.handler(() => ({})),
      enterPin: station.counter.enterPin.handler(() => ({})),
      confirmSale: station.counter.confirmSale.handler(() => ({})),
      photo: station.counter.photo.handler(() => ({ photo: null })),
      cardTyped: station.counter.cardTyped.handler(() => ({ taken: true })),
      menu: station.counter.menu.handler(() => {
        calls.menu += 1
        return menuFixture
      }),
    },
    sales: {
      recent: station.sales.recent.handler(() => {
        calls.recent += 1
        return salesFixture
      }),
      explain: station.sales.explain.handler(() => explainedFixture),
      dayTotals: station.sales.dayTotals.handler(() => totalsFixture),
    },
    station: {
      health: station.station.health.handler(() => healthFixture),
      watchHealth: station.station.watchHealth.handler(({ signal }) => new Live(healthFixture).watch(signal)),
      restart: station.station.restart.handler(({ signal }) => restart.watch(signal)),
    },
    trial: {
      watch: station.trial.watch.handler(({ signal }) => new Live(trialFixture).watch(signal)),
      placePlate: station.trial.placePlate.handler(done),
      removePlate: station.trial.removePlate.handler(done),
      tapCard: station.trial.tapCard.handler(done),
      setPlugged: station.trial.setPlugged.handler(done),
      setBayPlugged: station.trial.setBayPlugged.handler(done),
      tapBay: station.trial.tapBay.handler(done),
      takeFood: station.trial.takeFood.handler(done),
      refillPan: station.trial.refillPan.handler(done),
      setHand: station.trial.setHand.handler(done),
      setPaper: station.trial.setPaper.handler(done),
    },
  })
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(router).upgrade(port1)
  port1.start()
  return { view, calls, restart, port: port2, die: () => port1.close() }
}

const open: AbortController[] = []
afterEach(() => {
  for (const following of open.splice(0)) following.abort()
  useStation.setState(NO_STATION)
  useSales.setState({ recent: null, totals: null })
  useTrial.setState({ view: null })
})

function follow(
  station: ReturnType<typeof smallStation>,
  wants = { sales: false, staff: false, trial: false },
): AbortController {
  const following = new AbortController()
  open.push(following)
  followStation(clientOver(station.port), wants, following.signal)
  return following
}

async function until(what: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400; turn++) {
    if (what()) return
    await new Promise((resolve) => {
      setTimeout(resolve, 10)
    })
  }
  throw new Error('it did not come')
}

const revisionNow = () => useStation.getState().view?.revision

test('SC-6 views, menu and health of a live station arrive in the stores', async () => {
  const station = smallStation({ ...phaseFixtures.idle, revision: 7 })
  follow(station)
  await until(() => useStation.getState().menu !== null && useStation.getState().health !== null)
  expect(useStation.getState()).toMatchObject({ connection: 'live', view: { revision: 7 } })
  station.view.publish({ ...phaseFixtures.ready, revision: 8 })
  await until(() => revisionNow() === 8)
  expect(useSales.getState().recent).toBeNull()
})

test('ST-2 SC-6 when the station dies the screen is checking; after a restart the new view counts, even if it is numbered lower', async () => {
  const first = smallStation({ ...phaseFixtures.ready, revision: 500 })
  const following = follow(first)
  await until(() => useStation.getState().connection === 'live')
  first.die()
  await until(() => useStation.getState().connection === 'checking')
  expect(revisionNow()).toBe(500)
  following.abort()
  const second = smallStation({ ...phaseFixtures.paid, revision: 3 })
  follow(second)
  expect(useStation.getState().connection).toBe('checking')
  await until(() => useStation.getState().connection === 'live')
  expect(useStation.getState().view).toMatchObject({ revision: 3, phase: 'paid' })
})

const wishNow = () => useRestartWish.getState().wish

test('ST-10 a restart that was asked for says what it waits for, and is over when the next station answers', async () => {
  const first = smallStation({ ...phaseFixtures.ready, revision: 5 })
  const following = follow(first)
  await until(() => useStation.getState().connection === 'live')
  const wished = wishRestart()
  await until(() => wishNow().at === 'waiting')
  expect(wishNow()).toEqual({ at: 'waiting', hindrance: 'sale' })
  first.restart.publish({ kind: 'restarting' })
  await until(() => wishNow().at === 'restarting')
  first.die()
  await wished
  const isOver = () => hasRestarted(wishNow(), useStation.getState().connectionNo)
  expect([wishNow().at, isOver()]).toEqual(['restarting', false])
  following.abort()
  follow(smallStation({ ...phaseFixtures.idle, revision: 1 }))
  await until(() => useStation.getState().connection === 'live')
  expect(isOver()).toBe(true)
  takeBackRestart()
  expect(wishNow()).toEqual({ at: 'none' })
})

test('ST-10 a wish that is taken back is over; one whose station dies while it waits has failed', async () => {
  const station = smallStation({ ...phaseFixtures.ready, revision: 5 })
  follow(station)
  await until(() => useStation.getState().connection === 'live')
  const taken = wishRestart()
  await until(() => wishNow().at === 'waiting')
  takeBackRestart()
  await taken
  expect(wishNow()).toEqual({ at: 'none' })
  const lost = wishRestart()
  await until(() => wishNow().at === 'waiting')
  station.die()
  await lost
  expect(wishNow().at).toBe('failed')
  takeBackRestart()
})

test('SC-10 a refused key comes back with its reason, and a fault or a lost station as lost', async () => {
  const station = smallStation(phaseFixtures.ready)
  follow(station)
  await until(() => useStation.getState().connection === 'live')
  const { client } = useStation.getState()
  expect(await pressKey(client, { kind: 'hold' })).toBe('done')
  expect(await pressKey(client, { kind: 'take-cash' })).toBe('NOT_NOW')
  expect(await pressKey(client, { kind: 'choose-dish', dishId: 'x' })).toBe('NOT_ON_MENU')
  expect(await pressKey(client, { kind: 'cancel' })).toBe('lost')
  expect(await pressKey(null, { kind: 'hold' })).toBe('lost')
})

test('SC-6 staff sees the book again after each sale, and the menu is asked for between sales and when it changed', async () => {
  const station = smallStation({ ...phaseFixtures.idle, revision: 1 })
  follow(station, { sales: true, staff: false, trial: true })
  await until(() => useSales.getState().totals !== null && useTrial.getState().view !== null)
  const before = { ...station.calls }
  station.view.publish({ ...phaseFixtures.ready, revision: 2 })
  await until(() => revisionNow() === 2)
  station.view.publish({ ...phaseFixtures.paid, revision: 3 })
  await until(() => station.calls.recent === before.recent + 1)
  expect(station.calls.menu).toBe(before.menu)
  station.view.publish({ ...phaseFixtures.idle, revision: 4 })
  await until(() => station.calls.menu === before.menu + 1)
  station.view.publish({ ...phaseFixtures.idle, revision: 5, menuRevision: 2 })
  await until(() => station.calls.menu === before.menu + 2)
  expect(station.calls.recent).toBe(before.recent + 1)
})
