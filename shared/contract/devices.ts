import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { PortFinding, SearchProgress } from './found-device.ts'
import { plainText, staffErrors } from './refusals.ts'

/** How `canteen.json` names a port. */
export type LastingName =
  { readonly usbPath: string } | { readonly serialNumber: string } | { readonly path: string }

/** A socket with something in it, or a built-in port. */
export interface PluggedPort {
  readonly path: string
  readonly name: LastingName
  /** Who made the adapter, as it says itself; null when it does not. */
  readonly maker: string | null
  readonly usb: boolean
  /** What the station uses it for, and whether that works now. */
  readonly usedBy: 'scale' | 'reader' | 'id-reader' | 'bay-scale' | 'bay-reader' | 'exit-reader' | null
  /** Whose scale or reader it is; several where scales share a line. */
  readonly bayIds: readonly string[]
  readonly working: boolean
}

/** What stands on the scale's plate and certificate; weights in grams. */
export interface ScalePlate {
  readonly id: string
  readonly maxGrams: number
  readonly minGrams: number
  readonly divisionGrams: number
  readonly verifiedUntil: string
}

export interface DevicesPage {
  readonly ports: readonly PluggedPort[]
  /** Of the scale in use; null when there is none yet. */
  readonly plate: ScalePlate | null
  /** Whether there is a `canteen.json` to write a choice into; a trial has none. */
  readonly writable: boolean
  /** A choice was written since the station started: it holds from the next start. */
  readonly restartNeeded: boolean
}

export type SearchEvent =
  | { readonly kind: 'progress'; readonly progress: SearchProgress }
  | { readonly kind: 'finding'; readonly finding: PortFinding }

/** What a device that is tried out says. Weight in milligrams, only where there is one. */
export type TrialEvent =
  | { readonly kind: 'reading'; readonly state: string; readonly weightMg: number | null }
  | { readonly kind: 'card'; readonly uid: string }
  | { readonly kind: 'no-card' }
  /** An identity card was read; nothing of it is told. */
  | { readonly kind: 'id-card' }

const path = plainText.min(1).max(400)
const protocol = plainText.min(1).max(64)
const line = z.strictObject({
  baudRate: z.int().min(300).max(921_600),
  dataBits: z.union([z.literal(7), z.literal(8)]),
  parity: z.enum(['none', 'even', 'odd']),
  stopBits: z.union([z.literal(1), z.literal(2)]),
})
const unit = z.enum(['kg', 'g'])
const grams = z.number().positive().max(10_000_000).multipleOf(0.001)

const deviceErrors = {
  ...staffErrors,
  /** Somebody else is looking at this port now. */
  PORT_IN_USE: { status: 409 },
  UNKNOWN_PROTOCOL: { status: 400 },
} as const

/** Finding out what is plugged in, trying it, and writing it into `canteen.json`. The counter lends the port meanwhile. */
export const devicesContract = {
  page: oc.output(type<DevicesPage>()).errors(staffErrors),
  search: oc
    .input(z.strictObject({ paths: z.array(path).min(1).max(32), ask: z.boolean() }))
    .output(eventIterator(type<SearchEvent>()))
    .errors(deviceErrors),
  tryOut: oc
    .input(z.strictObject({ path, protocol, line, unit }))
    .output(eventIterator(type<TrialEvent>()))
    .errors(deviceErrors),
  /** Holds from the next start of the station. Everything else in the file stays as it is. */
  choose: oc
    .input(
      z.strictObject({
        path,
        protocol,
        line,
        unit,
        plate: z
          .strictObject({
            id: plainText.trim().min(1).max(40),
            maxGrams: grams,
            minGrams: grams,
            divisionGrams: grams,
            verifiedUntil: z.iso.date(),
          })
          .nullable(),
      }),
    )
    .output(z.object({ file: z.string() }))
    .errors({
      ...staffErrors,
      UNKNOWN_PROTOCOL: { status: 400 },
      /** There is no canteen.json: a trial, or a counter that was never set up. */
      NOTHING_TO_WRITE_INTO: { status: 409 },
      /** The file would not be a usable configuration; it was left as it is. */
      NOT_USABLE: { status: 422, data: z.object({ problems: z.array(z.string()) }) },
    }),
}
