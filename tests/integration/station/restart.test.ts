import { describe, expect, onTestFinished, test } from 'vitest'
import type { RestartEvent } from '../../../shared/contract/station.ts'
import { BayCounter } from '../../fixtures/bay-counter.ts'
import { CounterStation, type CounterOptions } from '../../fixtures/counter-station.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'
import { DiskTroubles, FaultyDatabase } from '../../simulation/faulty-database.ts'

interface Office {
  readonly till: CounterStation
  readonly window: SignedInWindow
  readonly restarts: () => number
}

const nothing = (): void => undefined
const NO_WORLD = { kill: nothing, rememberFlushed: nothing, loseTime: nothing, happened: nothing }

async function office(options: CounterOptions = {}): Promise<Office> {
  let restarts = 0
  const till = new CounterStation({ ...options, restart: () => (restarts += 1) })
  onTestFinished(() => till.stop())
  await till.empty()
  const window = await signedIn(till.station, 'admin')
  onTestFinished(() => window.close())
  return { till, window, restarts: () => restarts }
}

/** Follows a wish, and keeps what it was told. */
function follow({ window }: Pick<Office, 'window'>): {
  readonly told: RestartEvent[]
  readonly leave: () => void
} {
  const told: RestartEvent[] = []
  const leaving = new AbortController()
  void (async () => {
    const events = await window.client.station.restart(undefined, { signal: leaving.signal })
    for await (const event of events) told.push(event)
  })().catch(() => {
    // The test left, or is over and its window is closed.
  })
  return { told, leave: () => leaving.abort() }
}

describe('a restart from the office', () => {
  test('ST-10 with nothing under way it says so and restarts at once, and once', async () => {
    const desk = await office()
    const { told } = follow(desk)
    await desk.till.pass(1000)
    expect(told).toEqual([{ kind: 'restarting' }])
    expect(desk.restarts()).toBe(1)
  })

  test('ST-10 a sale is waited for: nothing restarts between plate and payment', async () => {
    const desk = await office()
    const { till } = desk
    await till.plate(320)
    const { told } = follow(desk)
    await till.pass(3000)
    expect(told).toEqual([{ kind: 'waiting', hindrance: 'sale' }])
    expect(desk.restarts()).toBe(0)
    await till.tap('m-1')
    await till.pass(300)
    expect(till.view.phase).toBe('paid')
    expect(desk.restarts()).toBe(0)
    await till.empty()
    await till.pass(12_000)
    expect(till.view.phase).toBe('idle')
    expect(told.at(-1)).toEqual({ kind: 'restarting' })
    expect(desk.restarts()).toBe(1)
  })

  test('ST-10 a plate that comes while the word goes out is waited for as well', async () => {
    const desk = await office()
    const { told } = follow(desk)
    await desk.till.pass(48)
    expect(told).toEqual([{ kind: 'restarting' }])
    await desk.till.plate(320)
    await desk.till.pass(1000)
    expect(told).toEqual([{ kind: 'restarting' }, { kind: 'waiting', hindrance: 'sale' }])
    expect(desk.restarts()).toBe(0)
  })

  test('ST-10 a wish that is taken back restarts nothing', async () => {
    const desk = await office()
    const { till } = desk
    await till.plate(320)
    const { told, leave } = follow(desk)
    await till.pass(500)
    leave()
    await till.pass(100)
    await till.empty()
    await till.pass(12_000)
    expect(told).toEqual([{ kind: 'waiting', hindrance: 'sale' }])
    expect(desk.restarts()).toBe(0)
  })

  test('ST-10 BY-12 a pan that moves is waited for; an open tray is kept and waits for nobody', async () => {
    let restarts = 0
    const bays = new BayCounter(1, { restart: () => (restarts += 1) })
    onTestFinished(() => bays.stop())
    await bays.pass(1200)
    const window = await signedIn(bays.counter.station, 'admin')
    onTestFinished(() => window.close())
    await bays.tap('1', 'm-1')
    await bays.take('1', 200)
    const { told, leave } = follow({ window })
    await bays.take('1', 100)
    await bays.pass(1000)
    expect(told).toEqual([
      { kind: 'restarting' },
      { kind: 'waiting', hindrance: 'bays' },
      { kind: 'restarting' },
    ])
    expect(restarts).toBe(1)
    expect(bays.overview.trays).toMatchObject([{ state: 'open', totalFen: 1200 }])
    leave()
  })

  test('ST-10 SE-8 the audit says who wished it, once, also where she took it back', async () => {
    const desk = await office()
    await desk.till.plate(320)
    const { leave } = follow(desk)
    await desk.till.pass(500)
    leave()
    await desk.till.pass(100)
    const acts = await desk.window.client.staff.audit({ limit: 20, before: null })
    const [wished, ...others] = acts.filter(({ act }) => act === 'restart-wished')
    const arrived = acts.find(({ act }) => act === 'signed-in')
    expect(wished).toMatchObject({ subject: null, actorName: arrived?.actorName })
    expect(arrived?.actorName).toMatch(/./)
    expect(others).toEqual([])
    expect(desk.restarts()).toBe(0)
  })

  test('ST-10 a book that takes nothing down holds no restart up; the log says that it was not noted', async () => {
    const troubles = new DiskTroubles()
    const desk = await office({ openDatabase: new FaultyDatabase(NO_WORLD, troubles).open })
    troubles.nextCommit = 'commit-error-lost'
    const { told } = follow(desk)
    await desk.till.pass(1000)
    expect(told).toEqual([{ kind: 'restarting' }])
    expect(desk.restarts()).toBe(1)
    expect(desk.till.log.lines.map(({ event }) => event)).toContain('station.restart-not-noted')
  })

  test('ST-10 only an admin, and only where somebody would start it again', async () => {
    const { till } = await office()
    const manager = await signedIn(till.station, 'manager')
    onTestFinished(() => manager.close())
    await expect(manager.client.station.restart()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    const alone = new CounterStation()
    onTestFinished(() => alone.stop())
    const admin = await signedIn(alone.station, 'admin')
    onTestFinished(() => admin.close())
    await expect(admin.client.station.restart()).rejects.toMatchObject({ code: 'NOBODY_TO_START_IT' })
  })
})
