import { expect, test } from 'vitest'
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
  ['{', /not JSON/],
  ['[]', /file: /],
  [JSON.stringify({ ...FILE, scael: {} }), /scael/],
])('ST-4 %s is refused in words', (text, words) => {
  expect(() => parseConfig(text)).toThrow(words)
})
