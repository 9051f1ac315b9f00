import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { publicKey } from '../../../shared/contract/signed-pack.ts'
import { USUAL_CARDS } from '../../../shared/domain/members/card-rules.ts'
import { profileProblems, type ProfileProblem } from '../../../shared/domain/metrology/class-three.ts'
import { USUAL_POLICY } from '../../../shared/domain/metrology/standing.ts'
import type { ScaleProfile } from '../../../shared/domain/scale.ts'
import { fen, milligrams } from '../../../shared/domain/units.ts'
import type { BaysConfig, ReaderConfig, ScaleConfig, StationConfig } from '../deps.ts'
import {
  TRUSTED_ID_READERS,
  TRUSTED_READERS,
  SCALE_PROTOCOLS,
  TRUSTED_SCALES,
} from '../devices/protocols/index.ts'
import { lineProblems, type LineUser } from './lines.ts'
import { modbusEntry, modbusSlave } from './modbus-config.ts'

/** The configuration file a canteen writes; see README "Configure". */
export const CONFIG_FILE = 'canteen.json'

const grams = z.number().positive().multipleOf(0.001)
const portName = z.union([
  z.strictObject({ usbPath: z.string().min(1) }),
  z.strictObject({ serialNumber: z.string().min(1) }),
  z.strictObject({ path: z.string().min(1) }),
])
const line = z
  .strictObject({
    baudRate: z.int().min(300).max(921_600),
    dataBits: z.union([z.literal(7), z.literal(8)]),
    parity: z.enum(['none', 'even', 'odd']),
    stopBits: z.union([z.literal(1), z.literal(2)]),
    flow: z.enum(['xon-xoff', 'rts-cts']),
    signals: z.strictObject({ dtr: z.boolean(), rts: z.boolean() }),
  })
  .partial()
  .optional()
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 10:30')

/** Settings without which a protocol says no weight, or one that may be ten times too much. */
const NEEDED_SETTINGS = [
  ['decimalBias', 'bcd-ff'],
  ['modbus', 'modbus-rtu'],
] as const

const scale = z
  .strictObject({
    id: z.string().min(1),
    protocol: z.enum(TRUSTED_SCALES),
    port: portName,
    line,
    unit: z.enum(['kg', 'g']).optional(),
    maxGrams: grams,
    minGrams: grams,
    divisionGrams: grams,
    verifiedUntil: z.iso.date(),
    alwaysNet: z.boolean().optional(),
    decimalBias: z.int().min(0).max(1).optional(),
    modbus: modbusEntry.optional(),
  })
  .superRefine((entry, context) => {
    for (const [setting, protocol] of NEEDED_SETTINGS)
      if ((entry[setting] !== undefined) !== (entry.protocol === protocol))
        context.addIssue({
          code: 'custom',
          path: [setting],
          message: `belongs to ${protocol}, which needs it`,
        })
    for (const problem of profileProblems(profileOf(entry)))
      context.addIssue({ code: 'custom', path: [PLACE_OF[problem.kind]], message: problemWords(problem) })
  })
const reader = z.strictObject({ protocol: z.enum(TRUSTED_READERS), port: portName, line })
const wedge = z.strictObject({
  protocol: z.literal('keyboard-wedge'),
  base: z.enum(['decimal', 'hexadecimal']).default('decimal'),
})
const idReader = z.strictObject({ protocol: z.enum(TRUSTED_ID_READERS), port: portName, line })

/** A device file of the system's own printer driver: it is written to, and says nothing. */
const isDeviceFile = (port: object): boolean => 'path' in port && /\/lp\d+$/.test(String(port.path))

const saleReceipts = z.enum(['always', 'cash-only', 'on-request'])
const receipts = z.strictObject({
  sale: saleReceipts.default('always'),
  topUp: z.boolean().default(true),
  void: z.boolean().default(true),
  dayClose: z.boolean().default(true),
})

const printer = z
  .strictObject({
    port: z.union([portName, z.strictObject({ host: z.string().min(1), port: z.int().min(1).max(65_535) })]),
    line,
    widthColumns: z.int().min(24).max(64).default(32),
    drawer: z.boolean().default(false),
    rareCharacters: z.enum(['text', 'bitmap']).default('text'),
    drawerKey: z.enum(['office', 'counter']).default('office'),
    /** One word is about sales. */
    receipts: z
      .union([saleReceipts, receipts])
      .default({ sale: 'always', topUp: true, void: true, dayClose: true }),
    answers: z.boolean().optional(),
  })
  .refine(({ port, answers }) => !(answers === true && isDeviceFile(port)), {
    path: ['answers'],
    message: 'a device file answers nothing: leave it out or write false',
  })
const display = z.strictObject({ protocol: z.enum(['led8', 'vfd-2x20']), port: portName, line })
const bay = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,32}$/, 'lower-case letters, digits and -'),
  dishId: z.string().min(1).max(64),
  scale,
  reader,
  largestTakeGrams: grams.default(800),
})
const bays = z
  .array(bay)
  .min(1)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two bays have the same id')

const money = z.int().min(0).max(100_000).transform(fen)
const cardRules = z.strictObject({
  depositFen: money.default(USUAL_CARDS.depositFen),
  confirmAboveFen: money.default(USUAL_CARDS.confirmAboveFen),
  dailyLimitFen: money.default(USUAL_CARDS.dailyLimitFen),
  staleAfterDays: z.int().min(0).max(365).default(USUAL_CARDS.staleAfterDays),
  staleLimitFen: money.default(USUAL_CARDS.staleLimitFen),
  twoPlacesSeconds: z.int().min(0).max(60).default(USUAL_CARDS.twoPlacesSeconds),
})

const configFields = z.strictObject({
  stationId: z.string().regex(/^[a-z0-9-]{1,32}$/, 'lower-case letters, digits and -'),
  canteen: z.strictObject({
    name: z.string().min(1).max(40),
    area: z.string().min(1),
    timeZone: z.string().min(1).default('Asia/Shanghai'),
    cutOverHour: z.int().min(0).max(12).default(4),
    mealPeriods: z
      .array(z.strictObject({ period: z.enum(['breakfast', 'lunch', 'dinner']), from: clockTime }))
      .min(1)
      .default([
        { period: 'breakfast', from: '06:00' },
        { period: 'lunch', from: '10:00' },
        { period: 'dinner', from: '16:00' },
      ]),
  }),
  policyPack: z.string().min(1),
  policyKeys: z.array(publicKey).default([]),
  namesOnScreen: z.enum(['form-of-address', 'full-name']).default('form-of-address'),
  nightlyAt: clockTime.default('21:30'),
  backupFolder: z.string().min(1).optional(),
  metrology: z
    .strictObject({
      openingCheck: z.enum(['required', 'advised', 'off']).default(USUAL_POLICY.openingCheck),
      failedCheck: z.enum(['manager-decides', 'lock']).default(USUAL_POLICY.failedCheck),
      expiredVerification: z.enum(['lock', 'warn']).default(USUAL_POLICY.expiredVerification),
    })
    .default(USUAL_POLICY),
  cards: cardRules.default(USUAL_CARDS),
  scale: scale.optional(),
  reader: z.union([wedge, reader]).optional(),
  idReader: idReader.optional(),
  printer: printer.optional(),
  display: display.optional(),
  bays: bays.optional(),
  exitReader: reader.optional(),
  trayMinutes: z.int().min(1).max(240).default(20),
})

const configFile = configFields.superRefine((file, context) => {
  for (const { path, message } of lineProblems(lineUsersOf(file)))
    context.addIssue({ code: 'custom', path: [...path], message })
})

/** Every device of the file that has a port. Only bays share a line: the counter's scale is never behind twelve others. */
function lineUsersOf(file: z.infer<typeof configFields>): readonly LineUser[] {
  const { scale: counter, reader: cards, idReader: ids, printer: paper, display: digits, exitReader } = file
  const single = { scale: counter, reader: cards, idReader: ids, printer: paper, display: digits, exitReader }
  return [
    ...Object.entries(single).flatMap(([name, device]) =>
      device === undefined || !('port' in device) ? [] : [{ at: [name], port: device.port }],
    ),
    ...(file.bays ?? []).flatMap((entry, index) => [
      {
        at: ['bays', index, 'scale'],
        port: entry.scale.port,
        line: entry.scale.line,
        slave: entry.scale.modbus?.slave,
      },
      { at: ['bays', index, 'reader'], port: entry.reader.port },
    ]),
  ]
}

/** The configuration is there but cannot be used; `problems` name each place in words. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(file: string, problems: readonly string[]) {
    super(`${file}: ${problems.join('; ')}`)
    this.problems = problems
  }
}

/** Reads `canteen.json` in the data folder; null when there is none. @throws ConfigError */
export function readConfig(dataFolder: string): StationConfig | null {
  const file = join(dataFolder, CONFIG_FILE)
  if (!existsSync(file)) return null
  return parseConfig(readFileSync(file, 'utf8'), file)
}

/** @throws ConfigError naming every place that is wrong. */
export function parseConfig(text: string, file = CONFIG_FILE): StationConfig {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new ConfigError(file, [`not JSON: ${error instanceof Error ? error.message : String(error)}`])
  }
  const parsed = configFile.safeParse(json)
  if (!parsed.success)
    throw new ConfigError(
      file,
      parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`),
    )
  return stationConfig(parsed.data)
}

function stationConfig(file: z.infer<typeof configFile>): StationConfig {
  return {
    stationId: file.stationId,
    canteen: file.canteen,
    policyPackId: file.policyPack,
    policyKeys: file.policyKeys,
    namesOnScreen: file.namesOnScreen,
    nightlyAt: file.nightlyAt,
    backupFolder: file.backupFolder ?? null,
    metrology: file.metrology,
    cards: file.cards,
    scale: file.scale === undefined ? null : scaleOf(file.scale),
    ...counterReaderOf(file.reader),
    ...idReaderOf(file.idReader),
    ...printerOf(file.printer),
    ...displayOf(file.display),
    bays: file.bays === undefined ? null : baysOf(file.bays, file),
  }
}

function scaleOf(entry: z.infer<typeof scale>): ScaleConfig {
  return {
    protocol: entry.protocol,
    port: entry.port,
    ...lineOf(entry.line),
    ...(entry.alwaysNet === undefined ? {} : { alwaysNet: entry.alwaysNet }),
    ...(entry.decimalBias === undefined ? {} : { decimalBias: entry.decimalBias }),
    ...(entry.modbus === undefined ? {} : { modbus: modbusSlave(entry.modbus) }),
    unit: entry.unit ?? SCALE_PROTOCOLS[entry.protocol].usualUnit,
    profile: profileOf(entry),
  }
}

const readerOf = (entry: z.infer<typeof reader>): ReaderConfig => ({
  protocol: entry.protocol,
  port: entry.port,
  ...lineOf(entry.line),
})

function baysOf(entries: z.infer<typeof bays>, file: z.infer<typeof configFile>): BaysConfig {
  return {
    stations: entries.map((entry) => ({
      bayId: entry.id,
      dishId: entry.dishId,
      scale: scaleOf(entry.scale),
      reader: readerOf(entry.reader),
      largestTakeMg: fromGrams(entry.largestTakeGrams),
    })),
    exitReader: file.exitReader === undefined ? null : readerOf(file.exitReader),
    trayMinutes: file.trayMinutes,
  }
}

interface ProfileEntry {
  readonly id: string
  readonly maxGrams: number
  readonly minGrams: number
  readonly divisionGrams: number
  readonly verifiedUntil: string
}

const profileOf = (entry: ProfileEntry): ScaleProfile => ({
  scaleId: entry.id,
  maxMg: fromGrams(entry.maxGrams),
  minMg: fromGrams(entry.minGrams),
  divisionMg: fromGrams(entry.divisionGrams),
  verifiedUntil: entry.verifiedUntil,
})

/** Where in a scale's entry the mistake stands (SPEC MT-1). */
const PLACE_OF: Readonly<Record<ProfileProblem['kind'], keyof ProfileEntry>> = {
  'division-not-1-2-5': 'divisionGrams',
  'min-below-20-divisions': 'minGrams',
  'min-not-in-divisions': 'minGrams',
  'max-not-in-divisions': 'maxGrams',
  'max-not-above-min': 'maxGrams',
  'divisions-out-of-class': 'maxGrams',
}

function problemWords(problem: ProfileProblem): string {
  switch (problem.kind) {
    case 'division-not-1-2-5':
      return 'a division is 1, 2 or 5 times a power of ten, such as 1, 2 or 5 g; see e on the plate of the scale'
    case 'min-below-20-divisions':
      return `Min of a scale of class III is at least 20 divisions, here ${problem.atLeastMg / 1000} g`
    case 'min-not-in-divisions':
      return 'Min is a whole number of divisions'
    case 'max-not-in-divisions':
      return 'Max is a whole number of divisions'
    case 'max-not-above-min':
      return 'Max lies above Min'
    case 'divisions-out-of-class':
      return `a scale of class III has 100 to 10 000 divisions, here Max would be ${problem.divisions}`
  }
}

function counterReaderOf(
  entry: z.infer<typeof configFile>['reader'],
): Pick<StationConfig, 'reader' | 'wedge'> {
  if (entry === undefined) return { reader: null }
  return entry.protocol === 'keyboard-wedge' ? { reader: null, wedge: entry } : { reader: readerOf(entry) }
}

function idReaderOf(entry: z.infer<typeof configFile>['idReader']): Pick<StationConfig, 'idReader'> {
  if (entry === undefined) return {}
  const { line: given, ...device } = entry
  return { idReader: { ...device, ...lineOf(given) } }
}

function printerOf(entry: z.infer<typeof configFile>['printer']): Pick<StationConfig, 'printer'> {
  if (entry === undefined) return {}
  const { port, answers = !isDeviceFile(port), line: given, receipts: wanted, ...settings } = entry
  const printed = typeof wanted === 'string' ? receipts.parse({ sale: wanted }) : wanted
  return { printer: { ...settings, receipts: printed, port, answers, ...lineOf(given) } }
}

function displayOf(entry: z.infer<typeof configFile>['display']): Pick<StationConfig, 'display'> {
  if (entry === undefined) return {}
  return { display: { protocol: entry.protocol, port: entry.port, ...lineOf(entry.line) } }
}

/** Grams from a file may carry three decimals; the product counts milligrams. */
const fromGrams = (value: number) => milligrams(Math.round(value * 1000))

type LineEntry = z.infer<typeof line>

/** Leaves absent settings absent instead of undefined. */
function lineOf(entry: LineEntry): Pick<NonNullable<StationConfig['scale']>, 'line'> {
  if (entry === undefined) return {}
  const given = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined))
  return { line: given }
}
