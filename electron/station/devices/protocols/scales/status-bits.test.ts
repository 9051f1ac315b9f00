import { describe, expect, test } from 'vitest'
import { decoded, singly, type Told } from '../../../../../tests/fixtures/decoded.ts'
import { seededRandom } from '../../../../../tests/fixtures/random.ts'
import { asciiBytes } from '../bytes.ts'
import { xorOf } from '../grammar.ts'

/** Each bit that a status can have, and all of them together: what the frame says then, read off the manuals' tables. */

const bit = (value: number, index: number): boolean => ((value >> index) & 1) === 1
const values = (bits: number): number[] => Array.from({ length: 1 << bits }, (_, value) => value)

/** Whole, byte by byte and behind garbage a frame says the same one thing. */
function said(protocol: string, frame: Uint8Array): Told | undefined {
  const whole = decoded(protocol, frame).at(-1)
  expect(decoded(protocol, ...singly(frame)).at(-1)).toEqual(whole)
  const random = seededRandom(`${protocol} ${Buffer.from(frame).toString('hex')}`)
  expect(decoded(protocol, random.bytes(1 + random.integer(0, 49)), frame).at(-1)).toEqual(whole)
  return whole
}

const error = (name: string): Told => ({ kind: 'error', error: name })

describe('DV-1 every status of every protocol that has bits', () => {
  test('DV-1 toledo-8217: no status has a weight, and bit 6 decides nothing', () => {
    for (const status of values(7)) {
      const byte = status | 0x20 // Printable whatever the bits: bit 5 is net.
      const wanted = bit(byte, 1)
        ? error('overload')
        : bit(byte, 2)
          ? error('underload')
          : bit(byte, 3)
            ? error('not_zeroed')
            : { kind: 'status', stable: !bit(byte, 0) }
      expect(said('toledo-8217', Uint8Array.of(0x02, 0x3f, byte, 0x0d))).toMatchObject(wanted)
    }
  })

  test('DV-1 toledo-continuous: decimals, unit, sign, net, motion, range, zero', () => {
    for (const b of values(7).map((value) => value | 0x20)) {
      const frame = asciiBytes(`\x02\x2d${String.fromCharCode(b)}\x20001234000000\r`)
      const negative = bit(b, 1)
      const [grams, value] = bit(b, 4)
        ? [negative ? -1234 : 1234, undefined]
        : [undefined, negative ? -1.234 : 1.234]
      const wanted = bit(b, 2)
        ? error(negative ? 'underload' : 'overload')
        : bit(b, 6)
          ? { kind: 'status', error: 'power_up_zero' }
          : {
              kind: 'weight',
              stable: !bit(b, 3),
              net: bit(b, 0),
              ...(grams === undefined ? { value, unit: 'lb' } : { grams }),
            }
      expect(said('toledo-continuous', frame)).toMatchObject(wanted)
    }
    for (const code of values(3)) {
      const frame = asciiBytes(`\x02${String.fromCharCode(0x28 | code)}\x30\x20001234000000\r`)
      const grams = 1234 * 10 ** (2 - code) * 1000
      expect(said('toledo-continuous', frame)?.['grams']).toBeCloseTo(grams, 6)
    }
    for (const [code, unit] of [
      [1, 'g'],
      [2, 't'],
      [3, 'oz'],
    ] as const) {
      const frame = asciiBytes(`\x02\x2d\x30${String.fromCharCode(0x20 | code)}001234000000\r`)
      expect(said('toledo-continuous', frame)).toMatchObject({ kind: 'weight', unit })
    }
  })

  test('DV-1 gram-z3-pc0: gross, tare, zero, stable', () => {
    for (const status of values(7)) {
      const frame = Uint8Array.of(0x02, status + 0x20, ...asciiBytes('-  0.250kg\r\x03'))
      expect(said('gram-z3-pc0', frame)).toMatchObject({
        kind: 'weight',
        grams: -250,
        stable: bit(status, 6),
        zero: bit(status, 3),
        net: bit(status, 1) && !bit(status, 0),
      })
    }
  })

  test('DV-1 os2, active: S, U and F with each byte of flags', () => {
    for (const letter of ['S', 'U', 'F'])
      for (const flags of values(7).filter((value) => value > 0x15 && value !== 0x3c)) {
        const fields = asciiBytes(`${letter} 01.234kg`)
        const frame = Uint8Array.of(1, 2, ...fields, xorOf(fields, 0, fields.length), 3, 4, flags)
        const wanted =
          letter === 'F' || bit(flags, 6)
            ? error('overload')
            : { kind: 'weight', grams: 1234, stable: letter === 'S', zero: bit(flags, 4), net: bit(flags, 5) }
        expect(said('os2', frame)).toMatchObject(wanted)
      }
  })

  test('DV-1 avery-fx120: bit 5 is stable, the others say nothing of the weight', () => {
    for (const status of values(7).filter((value) => value > 0x03)) {
      const frame = Uint8Array.of(0x02, status, ...asciiBytes('00226\x1f\x03'))
      const whole = decoded('avery-fx120', frame).at(-1)
      expect(whole).toMatchObject({ kind: 'weight', grams: 226, stable: bit(status, 5) })
    }
  })

  test('DV-1 bcd-ff: decimals, mode, sign, stable, overflow', () => {
    for (const status of values(8)) {
      const frame = Uint8Array.of(0xff, status, 0x34, 0x12, 0x00, 0x00)
      const [decimals, mode] = [status & 7, (status >> 3) & 3]
      const heard = decoded('bcd-ff', frame).at(-1)
      const digits = bit(status, 5) ? -1234 : 1234
      const wanted = bit(status, 7)
        ? error(bit(status, 5) ? 'underload' : 'overload')
        : mode === 1
          ? { kind: 'count', count: digits }
          : mode === 2
            ? { kind: 'info', stable: bit(status, 6) }
            : mode === 0 && decimals <= 5
              ? { kind: 'weight', decimals, stable: bit(status, 6) }
              : {}
      expect(heard ?? {}).toMatchObject(wanted)
      expect(heard?.['kind'] === 'weight').toBe(wanted['kind'] === 'weight')
      const grams = heard?.['kind'] === 'weight' ? heard['grams'] : (digits * 1000) / 10 ** decimals
      expect(grams).toBeCloseTo((digits * 1000) / 10 ** decimals, 9)
    }
  })

  test('DV-1 nci: a weight comes with no trouble bit, whatever else is set', () => {
    for (const first of values(4))
      for (const second of values(4)) {
        const status = String.fromCharCode(0x30 | first, 0x30 | second)
        const frame = asciiBytes(`\n01.250KG\r\nS${status}\r\x03`)
        const wanted = bit(second, 1)
          ? error('overload')
          : bit(second, 0)
            ? error('underload')
            : ((first | second) & 0b1100) === 0
              ? { kind: 'weight', grams: 1250, stable: !bit(first, 0), zero: bit(first, 1) }
              : error('device_fault')
        expect(said('nci', frame)).toMatchObject(wanted)
      }
  })

  test('DV-1 cas-22: every lamp byte; a held display is not stable', () => {
    for (const lamps of values(8)) {
      const frame = asciiBytes(`ST,GS,1${String.fromCharCode(lamps)},   1.250 kg\r\n`)
      const real = bit(lamps, 7) && !bit(lamps, 5)
      expect(decoded('cas-22', frame)).toMatchObject(
        real ? [{ kind: 'weight', grams: 1250, stable: !bit(lamps, 4), zero: bit(lamps, 0) }] : [],
      )
    }
  })

  test('DV-1 sma: each status with each mark and motion', () => {
    for (const status of ' ZOUEIT')
      for (const mark of 'GNTgnt')
        for (const motion of ' M') {
          const wanted = {
            O: error('overload'),
            U: error('underload'),
            E: error('not_zeroed'),
            I: error('not_zeroed'),
            T: error('tare_refused'),
          }[status] ?? {
            kind: mark.toUpperCase() === 'T' ? 'tare' : 'weight',
            grams: 1250,
            stable: motion === ' ',
          }
          const frame = asciiBytes(`\n${status}1${mark}${motion}      1.250kg \r`)
          expect(said('sma', frame)).toMatchObject(wanted)
        }
  })

  test.each([
    ['toledo-continuous', '\x02\x2d\x30\x20%s000000\r', '000000', '999999'],
    ['yaohua-eq-forward', '=%s', '0000.000', '9999.999'],
    ['mt-sics', 'S S %s kg\r\n', '     0.000', ' 99999.999'],
    ['st-gs-18', 'ST,GS,+%skg\r\n', '000.000', '999.999'],
    ['st-gs-21', 'ST,GS,+%s  kg\r\n', '   0.000', '9999.999'],
    ['and-standard', 'ST,+%s kg\r\n', '0000.000', '9999.999'],
    ['adam-cpwplus', 'ASNG/W+ %s kg\r\n', '0.000', '9999.999'],
    ['sartorius-sbi-16', '+%s kg \r\n', '    0.000', ' 9999.999'],
    ['kern-18', '  %s kg \r\n', '     0.000', '  9999.999'],
    ['ohaus-line', '%s kg\r\n', '      0.000', '   9999.999'],
    ['gg-14', ' %s kg\r\n', '   0.000', '9999.999'],
    ['yaohua-price-27', '=0%skg;0000.00;0000.00', '000.000', '999.999'],
    ['sma', '\n 1G  %skg \r', '     0.000', '  9999.999'],
    ['nci', '\n%sKG\r\nS00\r\x03', '00.000', '99.999'],
    ['epelsa', '%s\r', '0.000', '99.999'],
    ['cas-22', 'ST,GS,1\xc4,%s kg\r\n', '   0.000', '9999.999'],
    ['yaohua-a12-wn', 'ww%skg\r\n', '000.000', '999.999'],
    ['toledo-8217', '\x02%s\r', '00.000', '99.999'],
    ['gram-z3-pc0', '\x02\x61 %skg\r\x03', '  0.000', '999.999'],
  ])('DV-1 %s: the least and the greatest that its columns can say', (protocol, form, least, greatest) => {
    for (const digits of [least, greatest]) {
      const grams = protocol === 'toledo-continuous' ? Number(digits) : Math.round(Number(digits) * 1000)
      const heard = decoded(protocol, asciiBytes(form.replace('%s', digits)))
      expect(heard).toMatchObject([{ kind: 'weight', grams }])
    }
  })
})
