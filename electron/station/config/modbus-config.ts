import { z } from 'zod'
import {
  KNOWN_MAP_NAMES,
  KNOWN_MAPS,
  type ModbusSlave,
  type RegisterMap,
} from '../devices/protocols/modbus/register-map.ts'

const register = z.int().min(0).max(0xffff)
const decimals = z.int().min(0).max(6)
const write = z.strictObject({
  fc: z.union([z.literal(6), z.literal(16)]),
  address: register,
  values: z.array(register).min(1).max(4),
})

/** A device that is not in our table, by its manual. */
const ownMap = z.strictObject({
  fc: z.union([z.literal(3), z.literal(4)]),
  address: register,
  count: z.int().min(1).max(32),
  weight: z.strictObject({
    at: z.int().min(0),
    words: z.union([z.literal(1), z.literal(2)]),
    order: z.enum(['high-first', 'low-first']),
    signed: z.boolean(),
  }),
  decimalsAt: z.int().min(0).optional(),
  status: z
    .strictObject({
      at: z.int().min(0),
      bits: z.array(
        z.strictObject({
          bit: z.int().min(0).max(15),
          when: z.union([z.literal(0), z.literal(1)]),
          means: z.enum([
            'stable',
            'unstable',
            'net',
            'zero',
            'negative',
            'overload',
            'underload',
            'device_fault',
          ]),
        }),
      ),
    })
    .optional(),
  sentinels: z
    .record(z.string().regex(/^-?\d+$/), z.enum(['overload', 'underload', 'device_fault', 'off']))
    .optional(),
  zero: write.optional(),
  tare: write.optional(),
})

/** Which slave of a line a scale is, and where its weight stands: a device of the table, or a map of its own. */
export const modbusEntry = z
  .strictObject({
    slave: z.int().min(1).max(247),
    device: z.enum(KNOWN_MAP_NAMES).optional(),
    map: ownMap.optional(),
    decimals: decimals.optional(),
  })
  .superRefine(({ device, map, decimals: places }, context) => {
    const complain = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message })
    }
    if ((device === undefined) === (map === undefined))
      complain('device', 'either a device of the table, or a map')
    if ((places === undefined) === (map?.decimalsAt === undefined))
      complain('decimals', 'how many decimals the device shows, here or as decimalsAt in the map')
    const used = [map?.weight.at ?? 0, map?.status?.at ?? 0, map?.decimalsAt ?? 0]
    const last = Math.max(...used, (map?.weight.at ?? 0) + (map?.weight.words ?? 1) - 1)
    if (map !== undefined && last >= map.count)
      complain('map', `register ${last} is not among the ${map.count} read`)
  })

/** @throws Error for an entry that `modbusEntry` does not let through. */
export function modbusSlave(entry: z.infer<typeof modbusEntry>): ModbusSlave {
  const { slave, device, map, decimals: places } = entry
  const known = device === undefined ? undefined : KNOWN_MAPS[device]
  if (known !== undefined) return { slave, map: { ...known, decimals: places ?? 0 } }
  if (map === undefined) throw new Error('neither a device nor a map')
  return { slave, map: ownRegisterMap(map, places) }
}

function ownRegisterMap(map: z.infer<typeof ownMap>, places: number | undefined): RegisterMap {
  const { status, sentinels, zero, tare } = map
  return {
    fc: map.fc,
    address: map.address,
    count: map.count,
    weight: map.weight,
    decimals: map.decimalsAt === undefined ? (places ?? 0) : { at: map.decimalsAt },
    ...(status === undefined ? {} : { status }),
    ...(sentinels === undefined
      ? {}
      : { sentinels: new Map(Object.entries(sentinels).map(([value, error]) => [Number(value), error])) }),
    ...(zero === undefined ? {} : { zero }),
    ...(tare === undefined ? {} : { tare }),
  }
}
