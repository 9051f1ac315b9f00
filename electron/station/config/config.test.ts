import { USUAL_CARDS } from '../../../shared/domain/members/card-rules.ts'
import { expect, test } from 'vitest'
import { USUAL_POLICY } from '../../../shared/domain/metrology/standing.ts'
import { ConfigError, parseConfig } from './config.ts'

const FILE = {
  stationId: 'counter-1',
  canteen: { name: '湖滨长者食堂', area: '35/3501/350102' },
  policyPack: 'guangzhou',
  scale: {
    id: 'scale-1',
    protocol: 'yaohua-stx12',
    port: { usbPath: 'pci-0000:00:14.0-usb-0:2:1.0-port0' },
    line: { baudRate: 1200 },
    maxGrams: 15_000,
    minGrams: 100,
    divisionGrams: 5,
    verifiedUntil: '2027-03-31',
  },
  reader: { protocol: 'em4100-rdm6300', port: { serialNumber: 'A50285BI' } },
}

test('DV-6 a configuration names its ports by USB path or serial number', () => {
  const config = parseConfig(JSON.stringify(FILE))
  expect(config.scale).toMatchObject({
    port: FILE.scale.port,
    line: { baudRate: 1200 },
    unit: 'kg',
    profile: { maxMg: 15_000_000, minMg: 100_000, divisionMg: 5_000 },
  })
  expect(config.reader?.port).toEqual({ serialNumber: 'A50285BI' })
  expect(config.canteen).toMatchObject({ timeZone: 'Asia/Shanghai', cutOverHour: 4 })
})

test('ST-4 every mistake in the configuration is named with its place', () => {
  const wrong = { ...FILE, policyPack: '', scale: { ...FILE.scale, protocol: 'guess', maxGrams: -1 } }
  const attempt = () => parseConfig(JSON.stringify(wrong), 'canteen.json')
  expect(attempt).toThrow(ConfigError)
  expect(attempt).toThrow(/policyPack.*scale\.protocol.*scale\.maxGrams/)
})

test.each([
  [{ minGrams: 98 }, /scale\.minGrams: .*at least 20 divisions, here 100 g/],
  [{ maxGrams: 15_002 }, /scale\.maxGrams: .*whole number of divisions/],
  [{ divisionGrams: 3 }, /scale\.divisionGrams: .*1, 2 or 5/],
  [{ maxGrams: 60_000 }, /scale\.maxGrams: .*100 to 10 000 divisions, here Max would be 12000/],
  [{ minGrams: 102 }, /scale\.minGrams: .*whole number/],
  [{ maxGrams: 50 }, /scale\.maxGrams: Max lies above Min/],
])(
  'MT-1 a scale with %j is no scale of class III, and the file is refused at that place',
  (change, words) => {
    const wrong = { ...FILE, scale: { ...FILE.scale, ...change } }
    expect(() => parseConfig(JSON.stringify(wrong))).toThrow(words)
  },
)

test('MT-7 MT-8 MT-9 what is done about the scale is a setting, with the usual where nothing is said', () => {
  expect(parseConfig(JSON.stringify(FILE)).metrology).toEqual(USUAL_POLICY)
  const metrology = { openingCheck: 'required', expiredVerification: 'warn' }
  expect(parseConfig(JSON.stringify({ ...FILE, metrology })).metrology).toEqual({
    openingCheck: 'required',
    failedCheck: 'manager-decides',
    expiredVerification: 'warn',
  })
  const wrong = { ...FILE, metrology: { openingCheck: 'sometimes' } }
  expect(() => parseConfig(JSON.stringify(wrong))).toThrow(/metrology\.openingCheck/)
})

test('LG-35 what a canteen chooses for its cards is in its file; without it no deposit is taken', () => {
  expect(parseConfig(JSON.stringify(FILE)).cards).toEqual(USUAL_CARDS)
  const cards = {
    depositFen: 1_000,
    confirmAboveFen: 3_000,
    dailyLimitFen: 8_000,
    staleAfterDays: 3,
    staleLimitFen: 2_000,
    twoPlacesSeconds: 2,
  }
  expect(parseConfig(JSON.stringify({ ...FILE, cards })).cards).toEqual(cards)
  for (const depositFen of [-1, 0.5, '10'])
    expect(() => parseConfig(JSON.stringify({ ...FILE, cards: { depositFen } }))).toThrow(/cards\.depositFen/)
})

test.each([
  ['{', /not JSON/],
  ['[]', /file: /],
  [JSON.stringify({ ...FILE, scael: {} }), /scael/],
])('ST-4 %s is refused in words', (text, words) => {
  expect(() => parseConfig(text)).toThrow(words)
})

const portOf = (port: object, more: object = {}) =>
  parseConfig(JSON.stringify({ ...FILE, printer: { port, ...more } })).printer

test('PT-7 a printer is a serial port, a device file or a network address; a device file answers nothing', () => {
  expect(portOf({ serialNumber: 'P1' })).toEqual({
    port: { serialNumber: 'P1' },
    widthColumns: 32,
    drawer: false,
    rareCharacters: 'text',
    drawerKey: 'office',
    receipts: { sale: 'always', topUp: true, void: true, dayClose: true },
    answers: true,
  })
  expect(portOf({ path: '/dev/usb/lp0' })).toMatchObject({ answers: false })
  expect(portOf({ host: '192.168.1.50', port: 9100 }, { answers: false })).toMatchObject({ answers: false })
  expect(portOf({ path: '/dev/ttyS1' }, { line: { baudRate: 19_200, flow: 'xon-xoff' } })).toMatchObject({
    line: { baudRate: 19_200, flow: 'xon-xoff' },
  })
  expect(() => portOf({ path: '/dev/usb/lp0' }, { answers: true })).toThrow(/printer\.answers/)
  expect(() => portOf({ host: '', port: 0 })).toThrow(/printer\.port/)
})

test('ST-4 MT-12 a scale that marks every weight as net says so, and else nothing is said', () => {
  const scale = (more: object) =>
    parseConfig(JSON.stringify({ ...FILE, scale: { ...FILE.scale, ...more } })).scale
  expect(scale({ alwaysNet: true })).toMatchObject({ alwaysNet: true })
  expect(scale({})).not.toHaveProperty('alwaysNet')
  expect(() => scale({ alwaysNet: 'yes' })).toThrow(/scale\.alwaysNet/)
})

test('ST-4 a Modbus transmitter names its slave and its map, and a map is whole', () => {
  const withScale = (more: object) => JSON.stringify({ ...FILE, scale: { ...FILE.scale, ...more } })
  const slave = { slave: 3, device: 'pt113', decimals: 3 }
  expect(parseConfig(withScale({ protocol: 'modbus-rtu', modbus: slave })).scale).toMatchObject({
    modbus: { slave: 3, map: { decimals: 3, count: 3, zero: { address: 8 } } },
  })
  expect(() => parseConfig(withScale({ protocol: 'modbus-rtu' }))).toThrow(/scale\.modbus/)
  expect(() => parseConfig(withScale({ protocol: 'bcd-ff' }))).toThrow(/scale\.decimalBias/)
  expect(() => parseConfig(withScale({ modbus: slave }))).toThrow(/belongs to modbus-rtu/)
  const map = { fc: 4, address: 0, count: 2, weight: { at: 0, words: 2, order: 'low-first', signed: true } }
  const own = { slave: 1, map, decimals: 1 }
  expect(parseConfig(withScale({ protocol: 'modbus-rtu', modbus: own })).scale?.modbus?.map.fc).toBe(4)
  const outside = { ...own, map: { ...map, status: { at: 2, bits: [] } } }
  expect(() => parseConfig(withScale({ protocol: 'modbus-rtu', modbus: outside }))).toThrow(
    /register 2 is not/,
  )
})

const READER = { protocol: 'em4100-rdm6300' }
const SHARED = { path: '/dev/ttyS4' }
const slaveAt = (slave: number, more: object = {}) => ({
  ...FILE.scale,
  id: `scale-${slave}`,
  protocol: 'modbus-rtu',
  port: SHARED,
  modbus: { slave, device: 'pt113', decimals: 3 },
  ...more,
})
const withBays = (...scales: readonly object[]) =>
  parseConfig(
    JSON.stringify({
      ...FILE,
      bays: scales.map((scale, at) => ({
        id: `bay-${at + 1}`,
        dishId: 'fish',
        scale,
        reader: { ...READER, port: { path: `/dev/reader-${at + 1}` } },
      })),
    }),
  )

test('BY-14 bays may be slaves on one line, each with an address of its own and the same settings', () => {
  expect(withBays(slaveAt(1), slaveAt(2), slaveAt(3)).bays?.stations).toHaveLength(3)
  expect(() => withBays(slaveAt(1), slaveAt(2), slaveAt(1))).toThrow(
    'bays.2.scale.modbus.slave: bays.0.scale on the same line has address 1 already',
  )
  expect(() => withBays(slaveAt(1), slaveAt(2, { line: { baudRate: 19_200 } }))).toThrow(
    'bays.1.scale.line: bays.0.scale on the same line has other settings',
  )
})

test('BY-14 any other port has one owner: the counter shares its scale’s line with no bay, and readers share none', () => {
  const plain = { ...FILE.scale, id: 'bay-scale' }
  expect(() => withBays(plain)).toThrow('bays.0.scale.port: scale has this port already')
  const port = { path: '/dev/ttyS9' }
  expect(() => withBays({ ...plain, port }, { ...plain, port })).toThrow('bays.1.scale.port: bays.0.scale')
  expect(() => parseConfig(JSON.stringify({ ...FILE, exitReader: FILE.reader }))).toThrow(
    'exitReader.port: reader has this port already',
  )
})
