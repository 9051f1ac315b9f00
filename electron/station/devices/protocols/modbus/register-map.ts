import { GENERAL_MEASURE_SENTINELS } from './words.ts'

/** What a bit of a status register says while it has its value. */
export type StatusMeaning =
  'stable' | 'unstable' | 'net' | 'zero' | 'negative' | 'overload' | 'underload' | 'device_fault'

/** A value that is written to a register: one register by function 6, or several by 16. */
export interface RegisterWrite {
  readonly fc: 6 | 16
  readonly address: number
  readonly values: readonly number[]
}

/**
 * Where a weight transmitter keeps its weight: there is no common map, so each device is data. Everything is read by one
 * request of `count` registers from `address` on; places are counted from there.
 */
export interface RegisterMap {
  /** Function 3 reads holding registers, 4 input registers. */
  readonly fc: 3 | 4
  /** As it goes over the line: register 40001 of a manual is 0. */
  readonly address: number
  readonly count: number
  readonly weight: {
    readonly at: number
    readonly words: 1 | 2
    /** Which half of a two-word number comes first. */
    readonly order: 'high-first' | 'low-first'
    readonly signed: boolean
  }
  /** Decimals of the configured unit, or the place of the register that has their number. */
  readonly decimals: number | { readonly at: number }
  readonly status?: {
    readonly at: number
    /** `when`: the value of the bit that means it; manuals disagree whether 1 is stable. */
    readonly bits: readonly { readonly bit: number; readonly when: 0 | 1; readonly means: StatusMeaning }[]
  }
  /** Weights that are none, and the error each stands for. */
  readonly sentinels?: ReadonlyMap<number, string>
  readonly zero?: RegisterWrite
  readonly tare?: RegisterWrite
}

/** One transmitter on a line. */
export interface ModbusSlave {
  /** 1 to 247. */
  readonly slave: number
  readonly map: RegisterMap
}

type KnownMap = Omit<RegisterMap, 'decimals'>

const TWO_WORDS = { at: 0, words: 2, order: 'high-first', signed: true } as const

/** From the makers' manuals, none tried on the device. Their decimals are set on the device: the configuration says them. */
export const KNOWN_MAPS = {
  'general-measure-gm8802f-2': {
    fc: 3,
    address: 0,
    count: 3,
    weight: TWO_WORDS,
    status: {
      at: 2,
      bits: [
        { bit: 0, when: 1, means: 'stable' },
        { bit: 1, when: 1, means: 'overload' },
        { bit: 2, when: 1, means: 'zero' },
        { bit: 3, when: 1, means: 'negative' },
        { bit: 4, when: 1, means: 'device_fault' },
      ],
    },
    sentinels: GENERAL_MEASURE_SENTINELS,
  },
  /** Its status bits are not described: stability comes from equal readings. */
  'general-measure-gmt-h1': {
    fc: 3,
    address: 0,
    count: 2,
    weight: TWO_WORDS,
    sentinels: GENERAL_MEASURE_SENTINELS,
  },
  pt113: {
    fc: 3,
    address: 0,
    count: 3,
    weight: TWO_WORDS,
    status: {
      at: 2,
      bits: [
        { bit: 2, when: 1, means: 'unstable' },
        { bit: 3, when: 1, means: 'net' },
        { bit: 12, when: 1, means: 'zero' },
        { bit: 13, when: 1, means: 'device_fault' },
        { bit: 14, when: 1, means: 'device_fault' },
        { bit: 15, when: 1, means: 'device_fault' },
      ],
    },
    zero: { fc: 6, address: 8, values: [1] },
    tare: { fc: 6, address: 8, values: [2] },
  },
  'flintec-ft-13': {
    fc: 3,
    address: 0,
    count: 2,
    weight: TWO_WORDS,
    tare: { fc: 16, address: 8, values: [2] },
  },
  kpr: { fc: 3, address: 0x50, count: 2, weight: TWO_WORDS },
} as const satisfies Readonly<Record<string, KnownMap>>

export type KnownMapName = keyof typeof KNOWN_MAPS

export const KNOWN_MAP_NAMES = Object.keys(KNOWN_MAPS) as KnownMapName[]
