import type { WedgeBase } from '../../shared/domain/keyboard-wedge.ts'
import type { CardEvent, ScaleProfile, ScaleReading } from '../../shared/domain/scale.ts'
import type {
  IdReaderProtocolName,
  ReaderProtocolName,
  ScaleProtocolName,
} from './devices/protocols/index.ts'
import type { ModbusSlave } from './devices/protocols/modbus/register-map.ts'
import type { MealPeriod } from '../../shared/domain/menu.ts'
import type { CardRules } from '../../shared/domain/members/card-rules.ts'
import type { MetrologyPolicy } from '../../shared/domain/metrology/standing.ts'
import type { Milligrams } from '../../shared/domain/units.ts'

/** Wall clock, in milliseconds since 1970. May jump; the book's own clock does not. */
export interface Clock {
  nowMs(): number
}

/** Timers and the monotonic clock; the simulator runs them faster than life. */
export interface Timers {
  monotonicMs(): number
  after(delayMs: number, run: () => void): Cancel
  every(periodMs: number, run: () => void): Cancel
}
export type Cancel = () => void

/** Fresh UUIDv7 values, ascending within one process. */
export interface Ids {
  next(): string
}

export interface Log {
  info(event: string, data?: object): void
  warn(event: string, data?: object): void
  error(event: string, data?: object): void
}

export interface LineSettings {
  readonly baudRate: number
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
  /** How the other side says that it cannot take more; left out: it does not. */
  readonly flow?: 'xon-xoff' | 'rts-cts'
  /** The two signals as the device wants them; left out, as the driver sets them (high). */
  readonly signals?: { readonly dtr: boolean; readonly rts: boolean }
}

/** How a port is named in the configuration: never by its number. */
export type PortName =
  /** USB path below /dev/serial/by-path (or the Windows location id). */
  | { readonly usbPath: string }
  | { readonly serialNumber: string }
  /** A fixed path: built-in ports and pseudo-terminals. */
  | { readonly path: string }

export interface PortInfo {
  readonly path: string
  readonly usbPath: string | null
  readonly serialNumber: string | null
  readonly vendorId: string | null
  readonly productId: string | null
  readonly manufacturer: string | null
}

export interface SerialLine {
  write(bytes: Uint8Array): void
  /** Drops what the operating system has queued but nobody has read. */
  flush(): Promise<void>
  /** Whether the port is still the one that was opened. Asked now and then, because `onLost` does not always come. */
  present?(): Promise<boolean>
  close(): Promise<void>
}

export interface SerialEvents {
  onData(bytes: Uint8Array): void
  /** The line is gone: unplugged, failed or closed from the other side. Called at most once. */
  onLost(reason: string): void
}

export interface SerialBus {
  list(): Promise<readonly PortInfo[]>
  /** @throws Error when the port cannot be opened. */
  open(path: string, settings: LineSettings, events: SerialEvents): Promise<SerialLine>
}

export interface ScaleConfig {
  readonly protocol: ScaleProtocolName
  readonly port: PortName
  readonly line?: Partial<LineSettings>
  readonly profile: ScaleProfile
  /** The unit the scale's digits are in, where the protocol does not say: configuration, never a guess. */
  readonly unit: 'kg' | 'g'
  /** The scale marks every weight as net, also with nothing tared: the mark is passed over (SPEC MT-12). */
  readonly alwaysNet?: boolean
  /** Of `bcd-ff`: how much the decimal code of this scale counts too many. */
  readonly decimalBias?: number
  /** Of `modbus-rtu`: which slave, and where its weight stands. */
  readonly modbus?: ModbusSlave
}

export interface ReaderConfig {
  readonly protocol: ReaderProtocolName
  readonly port: PortName
  readonly line?: Partial<LineSettings>
}

/** A port as everywhere, a printer's device file such as /dev/usb/lp0 as its path, or a network printer's address. */
export type PrinterPort = PortName | { readonly host: string; readonly port: number }

/** `bitmap` for a printer whose font has no rare characters: the names that need them are drawn. */
export type RareCharacters = 'text' | 'bitmap'

/** Which receipts print by themselves; a person can ask for any. */
export interface ReceiptsPrinted {
  readonly sale: 'always' | 'cash-only' | 'on-request'
  readonly topUp: boolean
  readonly void: boolean
  readonly dayClose: boolean
}

export interface PrinterConfig {
  readonly port: PrinterPort
  readonly line?: Partial<LineSettings>
  /** Latin characters on a line: 32 on paper of 58 mm, 48 on 80 mm. */
  readonly widthColumns: number
  /** Whether a drawer hangs on the printer. */
  readonly drawer: boolean
  readonly rareCharacters: RareCharacters
  /** Where the key that opens it is: with whoever is signed in at the office alone, or on the staff's screen as well. */
  readonly drawerKey: 'office' | 'counter'
  readonly receipts: ReceiptsPrinted
  /** False: nothing comes back from this printer; what was sent to it counts as printed. */
  readonly answers: boolean
}

/** The price display that stands towards the customer. */
export interface DisplayConfig {
  readonly protocol: 'led8' | 'vfd-2x20'
  readonly port: PortName
  readonly line?: Partial<LineSettings>
}

/** A card reader that types like a keyboard: it has no port of its own. */
export interface WedgeReaderConfig {
  readonly protocol: 'keyboard-wedge'
  readonly base: WedgeBase
}

/** A reader of identity cards, for registering. */
export interface IdReaderConfig {
  readonly protocol: IdReaderProtocolName
  readonly port: PortName
  readonly line?: Partial<LineSettings>
}

/** One dish station: its scale, its reader, and what it sells. */
export interface BayConfig {
  readonly bayId: string
  readonly dishId: string
  readonly scale: ScaleConfig
  readonly reader: ReaderConfig
  /** The most that one tray plausibly takes of the dish (SPEC BY-8). */
  readonly largestTakeMg: Milligrams
}

export interface BaysConfig {
  readonly stations: readonly BayConfig[]
  /** Where trays are paid; null: by themselves after their time, or by staff. */
  readonly exitReader: ReaderConfig | null
  /** How long a tray that nobody touches stays open. */
  readonly trayMinutes: number
}

export interface StationConfig {
  readonly stationId: string
  readonly canteen: {
    readonly name: string
    /** Area codes from province to town: '44/4401/440106/440106003'. */
    readonly area: string
    readonly timeZone: string
    /** Hour at which a new business day starts, e.g. 4: a sale at 02:00 belongs to yesterday. */
    readonly cutOverHour: number
    readonly mealPeriods: readonly { readonly period: MealPeriod; readonly from: string }[]
  }
  readonly policyPackId: string
  /** Public keys of those whose signed packs are taken, beside those that the server named at the enrolment. */
  readonly policyKeys?: readonly string[]
  readonly namesOnScreen: 'form-of-address' | 'full-name'
  /** When the night's work begins: backup, audit, sync. 'HH:MM' in the canteen's zone. */
  readonly nightlyAt: string
  /** A second place for backups: another disk, a stick. Null: beside the book, which the health page complains about. */
  readonly backupFolder: string | null
  /** What is done about opening checks and certificates. */
  readonly metrology: MetrologyPolicy
  readonly cards: CardRules
  readonly scale: ScaleConfig | null
  readonly reader: ReaderConfig | null
  /** In place of `reader`: one that types. */
  readonly wedge?: WedgeReaderConfig
  readonly idReader?: IdReaderConfig
  readonly printer?: PrinterConfig
  readonly display?: DisplayConfig
  /** Null: no dish sells itself here. */
  readonly bays: BaysConfig | null
}

/** Turns a page into a PDF; the shell does it, or a runtime that a command starts. */
export interface Printer {
  /** @param html a whole document, without scripts and with everything inside; A4 unless its CSS says otherwise */
  pdf(html: string): Promise<Uint8Array>
}

/** HTTP as the platform offers it; a test cuts, delays and repeats it. */
export type Request = typeof fetch

/** A running device: readings or cards go to its listener until it is closed. */
export interface ScaleListener {
  onReading(reading: ScaleReading): void
}
export interface CardListener {
  onCard(event: CardEvent): void
}
