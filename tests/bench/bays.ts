import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { yaohuaFrame } from '../../electron/trial/wires/frames.ts'
import { cardUid, PAN_G, wireBays, type WiredBays } from '../fixtures/bay-wires.ts'
import { startStation, STATION_BUILD, type RunningStation } from '../fixtures/running-station.ts'
import { atMost, type Measurement } from './measurement.ts'

const BAYS = 12
const PERIOD_MS = 100
const WARM_UP_MS = 4_000
const MEASURED_MS = 20_000
/** A busy lunch: at every bay somebody taps, a second later takes for a second, and is gone after four. */
const VISIT_PERIODS = 40
const TAKING = { from: 10, to: 20 } as const
const TAKE_G = 60
/** Linux counts a process's time in hundredths of a second. */
const MS_PER_CLOCK_TICK = 10

/**
 * What the built station needs of one core while twelve bays, each a scale and a reader on real pseudo-terminals, say ten
 * weights a second and people take food at all of them, with a screen that follows each bay.
 */
export async function baysCpu(say: (line: string) => void): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'canteen-bench-bays-'))
  const data = join(folder, 'data')
  const wires = await wireBays(folder, data, BAYS)
  for (const { scale } of wires.bays) scale.setSilent(true)
  const station = await startStation(data, STATION_BUILD)
  try {
    const seen = followScreens(station)
    await serve(wires, WARM_UP_MS)
    const [views, beforeMs, startMs] = [seen(), cpuMs(station.life.pid), performance.now()]
    await serve(wires, MEASURED_MS)
    const tookMs = performance.now() - startMs
    const percent = ((cpuMs(station.life.pid) - beforeMs) / tookMs) * 100
    const shown = seen() - views
    if (shown < BAYS) throw new Error(`the screens showed ${shown} changes only: nothing was weighed`)
    say(
      `${BAYS} bays for ${(tookMs / 1000).toFixed(0)} s: ${percent.toFixed(1)} % of one core, ${shown} changes shown`,
    )
    return [atMost('bays-cpu-percent', percent, '%', 50)]
  } finally {
    await station.stop()
    await wires.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Follows the screen of every bay until the station ends. @returns how many views they have been sent so far */
function followScreens({ client }: RunningStation): () => number {
  let count = 0
  const screens = Array.from({ length: BAYS }, async (_, at) => {
    for await (const _view of await client.bays.watchBay({ bayId: `bay-${at + 1}` })) count += 1
  })
  // A station that stops ends its streams with an error; the figures were taken before.
  void Promise.allSettled(screens)
  return () => count
}

let period = 0

async function serve({ bays }: WiredBays, forMs: number): Promise<void> {
  const startMs = performance.now()
  for (let sent = 0; sent * PERIOD_MS < forMs; sent += 1) {
    period += 1
    for (const [at, { scale, reader }] of bays.entries()) {
      const visit = Math.floor((period + 7 * at) / VISIT_PERIODS)
      const into = (period + 7 * at) % VISIT_PERIODS
      const moves = into >= TAKING.from && into < TAKING.to
      const taken = visit + (into < TAKING.from ? 0 : 1)
      const grams = PAN_G - TAKE_G * taken + (moves ? (into * 37) % 80 : 0)
      if (into === 0) reader.tap(cardUid((visit + at) % 3))
      scale.sendRaw(yaohuaFrame(grams, 3))
    }
    await pause(Math.max(0, startMs + (sent + 1) * PERIOD_MS - performance.now()))
  }
}

/** Processor time of a process so far, user's and system's. */
function cpuMs(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_CLOCK_TICK
}
