import type { IdCard } from '../../../../../shared/domain/id-card.ts'
import { idNumberFault } from '../../../../../shared/domain/id-number.ts'
import { isDate } from '../../../../../shared/domain/calendar.ts'

/** The 256 bytes of text on an ID card: fields of fixed length in UTF-16LE, filled with blanks. */
export const TEXT_BYTES = 256

/** Why a text is no card. Its contents are never part of an error. */
export type TextFault = 'id_number' | 'birth' | 'name' | 'card_type'

const TYPE_AT = 248
const WITHOUT_END = '长期'
/** Three letters of the country, two digits of the province, two of the year, month and day of birth, order, check. */
const FOREIGNER_2017 = /^[A-Z]{3}\d{12}$/

/** @param text TEXT_BYTES bytes */
export function readIdText(text: Uint8Array): IdCard | TextFault {
  switch (field(text, TYPE_AT, 2)) {
    case '':
      return checked(resident(text, 'resident'))
    case 'J':
      return checked(resident(text, 'hmt'))
    case 'Y':
      return checked(resident(text, 'foreigner-2023'))
    case 'I':
      return checked(foreigner2017(text))
    default:
      return 'card_type'
  }
}

function field(text: Uint8Array, from: number, bytes: number): string {
  const words = Buffer.from(text.buffer, text.byteOffset + from, bytes).toString('utf16le')
  return words.replaceAll('\0', '').trim()
}

const SEXES: Readonly<Record<string, IdCard['sex']>> = { 1: 'male', 2: 'female' }
const sexOf = (code: string): IdCard['sex'] => SEXES[code] ?? 'unknown'
const dateOf = (digits: string): string =>
  /^\d{8}$/.test(digits) ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : digits
const endOf = (digits: string): string => (digits === WITHOUT_END ? WITHOUT_END : dateOf(digits))

function resident(text: Uint8Array, type: IdCard['type']): IdCard {
  return {
    type,
    name: field(text, 0, 30),
    sex: sexOf(field(text, 30, 2)),
    nation: field(text, 32, 4),
    birth: dateOf(field(text, 36, 16)),
    address: field(text, 52, 70),
    idNumber: field(text, 122, 36).toUpperCase(),
    issuer: field(text, 158, 30),
    validFrom: dateOf(field(text, 188, 16)),
    validTo: endOf(field(text, 204, 16)),
  }
}

function foreigner2017(text: Uint8Array): IdCard {
  return {
    type: 'foreigner',
    name: field(text, 0, 120),
    chineseName: field(text, 158, 30),
    sex: sexOf(field(text, 120, 2)),
    nation: field(text, 152, 6),
    birth: dateOf(field(text, 220, 16)),
    address: '',
    idNumber: field(text, 122, 30).toUpperCase(),
    issuer: field(text, 240, 8),
    validFrom: dateOf(field(text, 188, 16)),
    validTo: endOf(field(text, 204, 16)),
  }
}

function checked(card: IdCard): IdCard | TextFault {
  if (card.name === '') return 'name'
  if (!isDate(card.birth)) return 'birth'
  const fits =
    card.type === 'foreigner' ? FOREIGNER_2017.test(card.idNumber) : idNumberFault(card.idNumber) === null
  return fits ? card : 'id_number'
}
