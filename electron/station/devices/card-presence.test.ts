import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CardEvent } from '../../../shared/domain/scale.ts'
import { CardPresence, CONFIRM_WITHIN_MS, REARM_MS, REMOVED_AFTER_MS } from './card-presence.ts'

const REPEAT_MS = 65
const A = '62E3086CED'
const B = '01001293D8'

interface Told {
  readonly atMs: number
  readonly event: CardEvent
}

/** Plays frames at their times, and in between the moments the presence itself asks for. */
function play(
  frames: readonly (readonly [atMs: number, uid: string])[],
  untilMs: number,
  presence = new CardPresence(),
): Told[] {
  const told: Told[] = []
  const note = (atMs: number, events: readonly CardEvent[]): void => {
    for (const event of events) told.push({ atMs, event })
  }
  const passUntil = (atMs: number): void => {
    for (let next = presence.nextTickMs(); next !== null && next <= atMs; next = presence.nextTickMs())
      note(next, presence.tick(next))
  }
  for (const [atMs, uid] of frames.toSorted(([a], [b]) => a - b)) {
    passUntil(atMs)
    note(atMs, presence.seen([uid], '', atMs))
  }
  passUntil(untilMs)
  return told
}

const lying = (uid: string, fromMs: number, forMs: number, everyMs = REPEAT_MS): [number, string][] =>
  Array.from({ length: Math.floor(forMs / everyMs) + 1 }, (_, index) => [fromMs + index * everyMs, uid])
const kinds = (told: readonly Told[]): string[] =>
  told.map(({ event }) => ('uid' in event ? `${event.kind} ${event.uid}` : event.kind))

describe('one card', () => {
  test('DV-7 counts with its second frame and is one presence for ten minutes', () => {
    const told = play(lying(A, 0, 600_000), 700_000)
    expect(kinds(told)).toEqual([`present ${A}`, `removed ${A}`])
    expect(told[0]?.atMs).toBe(REPEAT_MS)
    expect((told[1]?.atMs ?? 0) - 600_000).toBeLessThanOrEqual(REMOVED_AFTER_MS)
  })

  test('DV-7 by a polled reader it counts at once, and is one presence for ten minutes with every third round lost', () => {
    const rounds = lying(A, 0, 600_000, 150).filter((_, index) => index % 3 !== 1)
    const told = play(rounds, 700_000, new CardPresence(1, 950))
    expect(kinds(told)).toEqual([`present ${A}`, `removed ${A}`])
    expect(told[0]?.atMs).toBe(0)
    expect((told[1]?.atMs ?? 0) - 600_000).toBeLessThanOrEqual(950)
  })

  test('DV-7 a single frame, and two too far apart, never count', () => {
    expect(play([[0, A]], 5000)).toEqual([])
    expect(
      play(
        [
          [0, A],
          [CONFIRM_WITHIN_MS + 1, A],
        ],
        5000,
      ),
    ).toEqual([])
    expect(
      kinds(
        play(
          [
            [0, A],
            [CONFIRM_WITHIN_MS, A],
          ],
          400,
        ),
      ),
    ).toEqual([`present ${A}`])
  })

  test('DV-7 a bounce is the same presence; after the re-arm time the same card counts again', () => {
    const bounced = play([...lying(A, 0, 500), ...lying(A, 500 + 1200, 3000)], 20_000)
    expect(kinds(bounced)).toEqual([`present ${A}`, `removed ${A}`])
    const again = play([...lying(A, 0, 455), ...lying(A, 455 + REARM_MS, 500)], 20_000)
    expect(kinds(again)).toEqual([`present ${A}`, `removed ${A}`, `present ${A}`, `removed ${A}`])
  })

  test('DV-7 another card need not wait for the re-arm time', () => {
    const told = play([...lying(A, 0, 500), ...lying(B, 1000, 500)], 20_000)
    expect(kinds(told)).toEqual([`present ${A}`, `removed ${A}`, `present ${B}`, `removed ${B}`])
  })
})

describe('ghosts', () => {
  const GHOSTS = ['000000078F', 'F000060007', 'B59A99E5A9', '4FFB388FFF', 'DA9386B5EA']

  test('DV-7 numbers from the air, each read once, are never a card', () => {
    const frames = Array.from({ length: 500 }, (_, index): [number, string] => [
      index * 100,
      GHOSTS[index % GHOSTS.length] ?? A,
    ])
    expect(play(frames, 100_000)).toEqual([])
  })

  test('DV-7 a ghost in between delays a card by the confirmation time at most, and does not become a second one', () => {
    const told = play([...lying(A, 0, 1300), [30, 'B59A99E5A9']], 5000)
    expect(kinds(told)).toEqual([`present ${A}`, `removed ${A}`])
    expect(told[0]?.atMs).toBeLessThanOrEqual(REPEAT_MS + CONFIRM_WITHIN_MS)
  })
})

describe('two cards', () => {
  test('DV-7 in turns from the start they are one `several`, and neither is present', () => {
    const told = play([...lying(A, 0, 3000, 130), ...lying(B, 65, 3000, 130)], 10_000)
    expect(kinds(told)).toEqual(['several', `removed ${A}`, `removed ${B}`])
  })

  test('DV-7 a second card beside one that lies there makes them several', () => {
    const told = play([...lying(A, 0, 3000, 130), ...lying(B, 1000, 2000, 130)], 10_000)
    expect(kinds(told)).toEqual([`present ${A}`, 'several', `removed ${A}`, `removed ${B}`])
  })

  test('DV-7 of several nothing is present until both have left, then one tap counts at once', () => {
    const both = [...lying(A, 0, 1000, 130), ...lying(B, 65, 1000, 130)]
    const onlyB = lying(B, 1100, 1000)
    expect(kinds(play([...both, ...onlyB], 2200))).toEqual(['several'])
    const tapped = play([...both, ...lying(A, 1600, 300)], 5000)
    expect(kinds(tapped)).toEqual(['several', `removed ${A}`, `removed ${B}`, `present ${A}`, `removed ${A}`])
  })
})

/** The first event that breaks the order of presences; null when there is none. */
function disorderIn(told: readonly Told[]): string | null {
  const open = new Set<string>()
  for (const { event, atMs } of told) {
    const opened = event.kind === 'present' ? [event.uid] : event.kind === 'several' ? event.uids : []
    if (event.kind === 'present' && open.size > 0) return `present beside another card at ${atMs}`
    if (event.kind === 'several' && [...open].some((uid) => !event.uids.includes(uid)))
      return `several without it at ${atMs}`
    if (event.kind === 'removed' && !open.delete(event.uid)) return `removed what was not there at ${atMs}`
    for (const uid of opened) open.add(uid)
  }
  return open.size === 0 ? null : 'something was never removed'
}

test('DV-7 after several, a card that had been present just before counts again at once', () => {
  const bouncedBesideB = [...lying(A, 0, 455), ...lying(A, 955, 130, 130), ...lying(B, 1020, 130, 130)]
  expect(kinds(play([...bouncedBesideB, ...lying(A, 1560, 65)], 1700))).toEqual([
    `present ${A}`,
    `removed ${A}`,
    'several',
    `removed ${A}`,
    `removed ${B}`,
    `present ${A}`,
  ])
})

test('DV-3 in a flood of numbers the oldest make room', () => {
  const flood = Array.from({ length: 20 }, (_, index): [number, string] => [
    1 + index,
    `00000000${10 + index}`,
  ])
  expect(play([[0, A], ...flood, [50, A]], 2000)).toEqual([])
})

test('DV-7 whatever is read, presences open and close in turn and two cards are never present', () => {
  const frame = fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(A, B, '2900DEB30A'))
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 300 }), (frames) => {
      expect(disorderIn(play(frames, 60_000))).toBeNull()
    }),
  )
})

test('DV-3 a flood of numbers is not remembered', () => {
  const presence = new CardPresence()
  for (let index = 0; index < 100_000; index += 1) {
    const uid = index.toString(16).toUpperCase().padStart(10, '0')
    presence.seen([uid], '', index * 2000)
    presence.seen([uid], '', index * 2000 + REPEAT_MS)
  }
  expect(presence.lost()).toHaveLength(1)
  expect(presence.nextTickMs()).toBeNull()
})
