import { describe, expect, test } from 'vitest'
import { FOREIGNER } from '../../../../../tests/fixtures/id-cards.ts'
import { idCardText, sdtCard, sdtFrame, type IdCardFields } from '../../../../trial/wires/id-card-answers.ts'
import { DECODERS } from '../decoders.ts'

/** Made-up cards; their numbers fit their check digits. */
type Told = Readonly<Record<string, unknown>>

function told(...parts: readonly (readonly number[])[]): Told[] {
  const heard: Told[] = []
  const decoder = DECODERS.get('sdt-idcard')?.((said) => heard.push(said))
  for (const part of parts) decoder?.push(Uint8Array.from(part))
  decoder?.end()
  return heard
}

const frame = (...body: readonly number[]): number[] => [...sdtFrame(...body)]
const card = (fields: IdCardFields): number[] => [...sdtCard(fields)]

const RESIDENT: IdCardFields = [
  [0, '𬱖䶮'],
  [30, '2'],
  [32, '01'],
  [36, '19430512'],
  [52, '测试市测试区测试路1号'],
  [122, '11010119430512000X'],
  [158, '测试市公安局'],
  [188, '20200101'],
  [204, '长期'],
]
const replaced = (fields: IdCardFields, ...others: IdCardFields): IdCardFields => [...fields, ...others]

describe('what an ID card says', () => {
  test('ME-4 a resident with rare characters and a card without end; the photo is not there', () => {
    const [said = {}] = told(card(RESIDENT))
    expect(said).toEqual({
      kind: 'idcard',
      type: 'resident',
      name: '𬱖䶮',
      sex: 'female',
      nation: '01',
      birth: '1943-05-12',
      address: '测试市测试区测试路1号',
      idNumber: '11010119430512000X',
      issuer: '测试市公安局',
      validFrom: '2020-01-01',
      validTo: '长期',
      sw: '000090',
    })
  })

  test('ME-4 a number whose check digit is wrong, no name, no day of birth: no card, and nothing of it is told', () => {
    expect(told(card(replaced(RESIDENT, [122, '110101194305120021'])))).toEqual([
      { kind: 'error', error: 'id_number', sw: '000090' },
    ])
    expect(told(card(replaced(RESIDENT, [0, '    '])))).toMatchObject([{ error: 'name' }])
    expect(told(card(replaced(RESIDENT, [36, '19430230'])))).toMatchObject([{ error: 'birth' }])
    expect(told(card(replaced(RESIDENT, [248, 'Q'])))).toMatchObject([{ error: 'card_type' }])
  })

  test('ME-4 residence permits of Hong Kong, Macau and Taiwan, and the cards of foreigners', () => {
    expect(
      told(card(replaced(RESIDENT, [122, '810000199408230021'], [36, '19940823'], [248, 'J']))),
    ).toMatchObject([{ kind: 'idcard', type: 'hmt', idNumber: '810000199408230021' }])
    expect(
      told(card(replaced(RESIDENT, [122, '911124198108030024'], [36, '19810803'], [248, 'Y']))),
    ).toMatchObject([{ kind: 'idcard', type: 'foreigner-2023', idNumber: '911124198108030024' }])
    expect(told(card(FOREIGNER))).toMatchObject([
      {
        kind: 'idcard',
        type: 'foreigner',
        name: 'DOE, JANE',
        chineseName: '简',
        birth: '1981-01-03',
        nation: 'CAN',
        validTo: '2027-06-01',
      },
    ])
    expect(told(card(replaced(FOREIGNER, [122, '110081010310   '])))).toMatchObject([{ error: 'id_number' }])
  })
})

describe('the reader', () => {
  test('DV-3 fingerprints of each length are passed over', () => {
    for (const prints of [0, 512, 1024]) {
      const data = [
        1,
        0,
        4,
        0,
        prints >> 8,
        0,
        ...idCardText(RESIDENT),
        ...Array<number>(1024 + prints).fill(7),
      ]
      const bytes = frame(0, 0, 0x90, ...data)
      expect([1297, 1809, 2321]).toContain(bytes.length)
      expect(told(bytes)).toMatchObject([{ kind: 'idcard', name: '𬱖䶮' }])
    }
  })

  test('DV-2 the head split in two, and the card behind a cut frame', () => {
    const bytes = card(RESIDENT)
    expect(told(bytes.slice(0, 3), bytes.slice(3, 6), bytes.slice(6))).toMatchObject([{ kind: 'idcard' }])
    expect(told(bytes.slice(0, 700), bytes).filter(({ kind }) => kind === 'idcard')).toHaveLength(1)
    expect(told(bytes.slice(0, -1))).toEqual([])
  })

  test('DV-3 each state has its name', () => {
    expect(told(frame(0, 0, 0x9f, 0, 0, 0, 0))).toEqual([{ kind: 'status', status: 'found', sw: '00009F' }])
    expect(told(frame(0, 0, 0x90))).toEqual([{ kind: 'ack', sw: '000090' }])
    expect(told(frame(0, 0, 0x80))).toEqual([{ kind: 'error', error: 'no_card', sw: '000080' }])
    expect(told(frame(0, 0, 0x81))).toMatchObject([{ error: 'select_failed' }])
    expect(told(frame(0, 0, 0x41))).toMatchObject([{ error: 'read_failed' }])
    expect(told(frame(0, 0, 0x31))).toMatchObject([{ error: 'card_authentication' }])
    expect(told(frame(0, 0, 0x91))).toMatchObject([{ error: 'no_such_content' }])
    expect(told(frame(0, 0, 0x90, ...Array<number>(16).fill(1)))).toMatchObject([{ kind: 'info' }])
    expect(told([...frame(0x20, 0x01).slice(0, -1), 0x23])).toEqual([{ kind: 'error', error: 'checksum' }])
  })
})
