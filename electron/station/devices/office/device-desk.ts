import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type {
  DevicesPage,
  PluggedPort,
  ScalePlate,
  SearchEvent,
  TrialEvent,
} from '../../../../shared/contract/devices.ts'
import type { FoundLine } from '../../../../shared/contract/found-device.ts'
import { milligrams } from '../../../../shared/domain/units.ts'
import type { OpenBays } from '../../bays/open.ts'
import { CONFIG_FILE } from '../../config/config.ts'
import { rewrittenConfig } from '../../config/rewrite-config.ts'
import type { Log, PortInfo, ScaleConfig, StationConfig, Timers } from '../../deps.ts'
import { lastingName, unusualLine } from '../detect/proposal.ts'
import { searchPort } from '../detect/search.ts'
import { openIdReader, openReader, openScale } from '../devices.ts'
import type { DeviceDeps, DeviceHandle } from '../open-device.ts'
import type { LendingBus } from '../lending-bus.ts'
import { isIdReader, isReader, isScale } from '../protocols/index.ts'
import { Queue } from './queue.ts'

export interface DeviceDeskDeps {
  readonly bus: LendingBus
  readonly timers: Timers
  readonly log: Log
  readonly config: StationConfig
  readonly trial: boolean
  readonly dataFolder: string
  readonly scale: DeviceHandle | null
  readonly reader: DeviceHandle | null
  readonly idDesk: { readonly handle: DeviceHandle } | null
  readonly openedBays: Pick<OpenBays, 'lines' | 'exitReader'> | null
}

/** A device as a person chose it. */
export interface Chosen {
  readonly path: string
  readonly protocol: string
  readonly line: FoundLine
  readonly unit: 'kg' | 'g'
}

interface Use {
  readonly usedBy: NonNullable<PluggedPort['usedBy']>
  readonly handle: DeviceHandle
  readonly bayId: string | undefined
}

const isWorking = (handle: DeviceHandle): boolean => {
  const { connected, state } = handle.status()
  return connected && state !== 'stale'
}

const MG_PER_GRAM = 1000

/** Looks what is plugged in, tries it and writes it down, for the office. */
export class DeviceDesk {
  readonly #deps: DeviceDeskDeps
  #restartNeeded = false

  constructor(deps: DeviceDeskDeps) {
    this.#deps = deps
  }

  async page(): Promise<DevicesPage> {
    const { trial } = this.#deps
    const listed = await this.#ports()
    const paths = new Set(listed.map(({ path }) => path))
    // The trial's pseudo-terminals, and whatever else is open but not listed.
    for (const { handle } of this.#uses()) {
      const { port } = handle.status()
      if (port !== null) paths.add(port)
    }
    return {
      ports: [...paths].map((path) => this.#plugged(path, listed)),
      plate: plateOf(this.#deps.config.scale),
      writable: !trial && existsSync(this.#file),
      restartNeeded: this.#restartNeeded,
    }
  }

  /** Searches ports side by side, as long as somebody watches. Ports that are lent already are told as unavailable. */
  async *search(
    paths: readonly string[],
    ask: boolean,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<SearchEvent, void, void> {
    const events = new Queue<SearchEvent>()
    const leaving = new AbortController()
    signal?.addEventListener('abort', () => leaving.abort(), { once: true })
    void Promise.all(paths.map((path) => this.#searchOne(path, ask, leaving.signal, events))).then(() =>
      events.end(),
    )
    try {
      yield* events.values(leaving.signal)
    } finally {
      leaving.abort()
    }
  }

  /** Opens the device as the counter would. @returns null when the port is lent already */
  async tryOut(
    chosen: Chosen,
    signal: AbortSignal | undefined,
  ): Promise<AsyncGenerator<TrialEvent, void, void> | null> {
    const loan = await this.#deps.bus.lend(chosen.path)
    if (loan === null) return null
    const events = new Queue<TrialEvent>()
    const device = this.#open({ ...this.#deps, bus: loan.bus }, chosen, events)
    return (async function* () {
      try {
        yield* events.values(signal)
      } finally {
        await device?.close()
        loan.giveBack()
      }
    })()
  }

  /**
   * Makes ready to write the device into canteen.json.
   *
   * @returns the file and what writes it; null when there is none to write into
   * @throws ConfigError when the file would not be usable
   */
  async choose(
    { path, protocol, line, unit }: Chosen,
    plate: ScalePlate | null,
  ): Promise<{ readonly file: string; readonly write: () => void } | null> {
    if (this.#deps.trial || !existsSync(this.#file)) return null
    const entry = {
      protocol,
      port: lastingName(path, await this.#ports()),
      line: unusualLine(protocol, line) ?? undefined,
    }
    const entries = isScale(protocol)
      ? { scale: { ...plate, ...entry, unit } }
      : isIdReader(protocol)
        ? { idReader: entry }
        : { reader: entry }
    const rewrite = rewrittenConfig(this.#file, entries)
    return {
      file: this.#file,
      write: () => {
        rewrite()
        this.#restartNeeded = true
      },
    }
  }

  get #file(): string {
    return join(this.#deps.dataFolder, CONFIG_FILE)
  }

  #ports(): Promise<readonly PortInfo[]> {
    return this.#deps.bus.list()
  }

  #plugged(path: string, listed: readonly PortInfo[]): PluggedPort {
    const info = listed.find((port) => port.path === path)
    const uses = this.#uses().filter(({ handle }) => handle.status().port === path)
    return {
      path,
      name: lastingName(path, listed),
      maker: info?.manufacturer ?? null,
      usb: (info?.usbPath ?? info?.vendorId ?? null) !== null,
      usedBy: uses[0]?.usedBy ?? null,
      bayIds: uses.flatMap(({ bayId }) => bayId ?? []),
      working: uses.length > 0 && uses.every(({ handle }) => isWorking(handle)),
    }
  }

  /** Every device of the station that has a port of its own, or shares one. */
  #uses(): readonly Use[] {
    const { scale, reader, idDesk, openedBays } = this.#deps
    const uses: Use[] = []
    const add = (usedBy: Use['usedBy'], handle: DeviceHandle | null, bayId?: string): void => {
      if (handle !== null) uses.push({ usedBy, handle, bayId })
    }
    add('scale', scale)
    add('reader', reader)
    add('id-reader', idDesk?.handle ?? null)
    for (const line of openedBays?.lines ?? []) {
      add('bay-scale', line.scale, line.bayId)
      add('bay-reader', line.reader, line.bayId)
    }
    add('exit-reader', openedBays?.exitReader ?? null)
    return uses
  }

  async #searchOne(
    path: string,
    ask: boolean,
    signal: AbortSignal,
    events: Queue<SearchEvent>,
  ): Promise<void> {
    const loan = await this.#deps.bus.lend(path)
    if (loan === null) {
      const finding = { path, candidates: [], decision: null, heard: null, tookMs: 0 }
      events.put({ kind: 'finding', finding: { ...finding, outcome: 'unavailable', reason: 'lent' } })
      return
    }
    try {
      const finding = await searchPort({ bus: loan.bus, timers: this.#deps.timers }, path, {
        ask,
        signal,
        tell: (progress) => events.put({ kind: 'progress', progress }),
      })
      events.put({ kind: 'finding', finding })
    } finally {
      loan.giveBack()
    }
  }

  #open(
    deps: DeviceDeps,
    { path, protocol, line, unit }: Chosen,
    events: Queue<TrialEvent>,
  ): DeviceHandle | null {
    const port = { path }
    if (isReader(protocol))
      return openReader(
        deps,
        { protocol, port, line },
        {
          onCard: (card) => {
            if (card.kind === 'present') events.put({ kind: 'card', uid: card.uid })
            if (card.kind === 'removed') events.put({ kind: 'no-card' })
          },
        },
      )
    if (isIdReader(protocol)) {
      let answered = false
      return openIdReader(
        deps,
        { protocol, port, line },
        {
          onAnswer: () => {
            if (!answered) events.put({ kind: 'no-card' })
            answered = true
          },
          onIdCard: () => events.put({ kind: 'id-card' }),
        },
      )
    }
    if (!isScale(protocol)) return null
    const profile = this.#deps.config.scale?.profile ?? UNKNOWN_PLATE
    return openScale(
      deps,
      { protocol, port, line, unit, profile },
      {
        onReading: (reading) =>
          events.put({
            kind: 'reading',
            state: reading.state,
            weightMg: 'weightMg' in reading ? reading.weightMg : null,
          }),
      },
    )
  }
}

/** While a scale is tried out whose plate nobody has entered yet. */
const UNKNOWN_PLATE: ScaleConfig['profile'] = {
  scaleId: 'tried',
  maxMg: milligrams(150_000_000),
  minMg: milligrams(100_000),
  divisionMg: milligrams(5_000),
  verifiedUntil: '9999-12-31',
}

function plateOf(scale: ScaleConfig | null): ScalePlate | null {
  if (scale === null) return null
  const { scaleId, maxMg, minMg, divisionMg, verifiedUntil } = scale.profile
  return {
    id: scaleId,
    maxGrams: maxMg / MG_PER_GRAM,
    minGrams: minMg / MG_PER_GRAM,
    divisionGrams: divisionMg / MG_PER_GRAM,
    verifiedUntil,
  }
}
