import type { CommitFault } from './faulty-database.ts'
import { serverGoesBack, syncByHand } from './nights.ts'
import type { World } from './world.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

type Fault = (world: World) => void

/** Something that begins now and is over after a while. */
function lasting(kind: string, ms: readonly [from: number, to: number], begin: Fault, end: Fault): Fault {
  return (world) => {
    world.trace.fault(kind)
    begin(world)
    world.scheduler.after(world.random.integer(...ms), 'world', () => end(world))
  }
}

const once =
  (kind: string, act: Fault): Fault =>
  (world) => {
    world.trace.fault(kind)
    act(world)
  }

/** Counted when it comes to pass, not when it is armed. */
const atCommit =
  (fault: CommitFault): Fault =>
  (world) => {
    world.machine.troubles.nextCommit = fault
  }

/** A disk in trouble is counted with every call that it fails. */
const disk = (trouble: 'full' | 'readOnly' | 'readsFail', ms: readonly [number, number]): Fault => {
  const set =
    (on: boolean): Fault =>
    ({ machine }) => {
      machine.troubles[trouble] = on
    }
  return (world) => {
    set(true)(world)
    world.scheduler.after(world.random.integer(...ms), 'world', () => set(false)(world))
  }
}

const clockWrong = (kind: string, byMs: (world: World) => number): Fault =>
  once(kind, (world) => world.setClockWrong(byMs(world)))

/** How often each fault comes, beside the others. */
const FAULTS: readonly (readonly [weight: number, fault: Fault])[] = [
  [7, atCommit('commit-error-written')],
  [7, atCommit('commit-error-lost')],
  [8, atCommit('slow-flush')],
  [1.5, atCommit('kill-before-commit')],
  [2, atCommit('kill-after-commit')],
  [2.5, atCommit('torn-log')],
  [
    0.8,
    ({ machine }) => {
      machine.troubles.killAtCheckpoint = true
    },
  ],
  [2, once('kill', ({ machine }) => machine.kill())],
  [
    0.5,
    once('power-cut-with-a-dead-clock', (world) => {
      world.setClockWrong(HOUR_MS - world.clock.trueMs)
      world.machine.kill()
    }),
  ],
  [6, disk('full', [500, 6000])],
  [5, disk('readOnly', [500, 6000])],
  [5, disk('readsFail', [50, 3000])],
  [2, clockWrong('clock-back-3-hours', () => -3 * HOUR_MS)],
  [2, clockWrong('clock-back-a-day', () => -25 * HOUR_MS)],
  [1, clockWrong('clock-reset-to-1970', ({ clock }) => HOUR_MS - clock.trueMs)],
  [1, clockWrong('clock-forward-a-day', () => DAY_MS)],
  [0.3, clockWrong('clock-forward-5-years', () => 5 * 365 * DAY_MS)],
  [
    6,
    lasting(
      'scale-unplugged',
      [300, 4000],
      (world) => world.scale.unplug(world.random.chance(0.7) ? 'said' : 'silently'),
      (world) => world.scale.plug(),
    ),
  ],
  [
    4,
    lasting(
      'reader-unplugged',
      [300, 4000],
      (world) => world.reader.unplug(world.random.chance(0.7) ? 'said' : 'silently'),
      (world) => world.reader.plug(),
    ),
  ],
  [
    4,
    lasting(
      'scale-silent',
      [300, 7000],
      ({ scale }) => {
        scale.silent = true
      },
      ({ scale }) => {
        scale.silent = false
      },
    ),
  ],
  [
    3,
    lasting(
      'scale-busy',
      [300, 3000],
      ({ scale }) => {
        scale.busy = true
      },
      ({ scale }) => {
        scale.busy = false
      },
    ),
  ],
  [
    6,
    lasting(
      'scale-unstable',
      [500, 8000],
      ({ scale }) => {
        scale.shaken = true
      },
      ({ scale }) => {
        scale.shaken = false
      },
    ),
  ],
  [
    4,
    lasting(
      'scale-negative',
      [500, 4000],
      (world) => world.drift(-world.random.integer(5, 300) * 2000),
      (world) => world.drift(0),
    ),
  ],
  [
    7,
    lasting(
      'noise-on-the-wire',
      [500, 6000],
      ({ bus, random }) => {
        bus.weather.corrupt = random.integer(0, 60) / 100
        bus.weather.garbage = random.integer(0, 60) / 100
        bus.weather.split = 0.6
      },
      ({ bus }) => Object.assign(bus.weather, { corrupt: 0, garbage: 0, split: 0.08 }),
    ),
  ],
  [8, once('ghost-card', (world) => world.reader.ghost(world.random.pick(world.roll.seniors).cardUid))],
  [
    4,
    lasting(
      'screens-away',
      [500, 5000],
      (world) => {
        world.screensAway = true
      },
      (world) => {
        world.screensAway = false
      },
    ),
  ],
  [6, once('price-changed-in-mid-sale', ({ office }) => office.changePrices())],
  [4, ({ office }) => void office.announcePrice()],
  [3, ({ office }) => void office.toggleSoldOut()],
  [3, ({ office }) => void office.voidOne('any')],
  [3, ({ office }) => void office.voidOne('newest')],
  [
    2,
    once('drawer-moved-in-mid-sale', ({ office, desk, random }) => {
      void desk.begin(office.acts.move(office.id(), random.integer(1, 60) * 500))
    }),
  ],
  [
    1.5,
    once(
      'top-up-in-mid-sale',
      ({ office, random, roll }) => void office.topUp(random.pick(roll.seniors).memberId),
    ),
  ],
  [3, ({ link }) => link.trouble()],
  [3, once('sync-by-hand', syncByHand)],
  [0.7, serverGoesBack],
  [
    5,
    once('key-mashing', (world) => {
      world.mashes += world.random.integer(1, 4)
    }),
  ],
]

const TOTAL_WEIGHT = FAULTS.reduce((sum, [weight]) => sum + weight, 0)
const LATEST_MS = 5000

/** Lets one fault of the table begin at some moment of the next seconds. */
export function armFault(world: World): void {
  const { random, scheduler } = world
  let left = (random.integer(0, 9999) / 10_000) * TOTAL_WEIGHT
  for (const [weight, fault] of FAULTS) {
    left -= weight
    if (left >= 0) continue
    scheduler.after(random.integer(0, LATEST_MS), 'world', () => fault(world))
    return
  }
}
