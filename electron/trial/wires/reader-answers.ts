/** What polled card readers answer, byte for byte as the real ones do. UIDs are upper-case hexadecimal. */

type Bytes = readonly number[]

const bytesOf = (hex: string): Bytes => [...Buffer.from(hex, 'hex')]
const xor = (bytes: Bytes): number => bytes.reduce((check, byte) => check ^ byte, 0)
const negative = (bytes: Bytes): number => -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff

const PN532_ACK = [0x00, 0x00, 0xff, 0x00, 0xff, 0x00]
const pn532 = (...answer: Bytes): Uint8Array => {
  const body = [0xd5, ...answer]
  const head = [0x00, 0x00, 0xff, body.length, negative([body.length])]
  return Uint8Array.of(...PN532_ACK, ...head, ...body, negative(body), 0x00)
}
const pn532Target = (uid: string, index: number): Bytes => {
  const bytes = bytesOf(uid)
  const [atqa, sak] = bytes.length === 4 ? [0x04, 0x08] : [0x44, 0x00]
  return [index + 1, 0x00, atqa, sak, bytes.length, ...bytes]
}

const yhy523u = (code: number, ...data: Bytes): Uint8Array => {
  const body = [0x00, 0x00, code & 0xff, code >> 8, ...data]
  const stuffed = [...body, xor(body)].flatMap((byte) => (byte === 0xaa ? [byte, 0x00] : [byte]))
  return Uint8Array.of(0xaa, 0xbb, body.length + 1, 0x00, ...stuffed)
}

const quio = (...data: Bytes): Uint8Array => {
  const body = [data.length + 1, ...data]
  return Uint8Array.of(0xfe, ...body, xor(body))
}

const strongLink = (...body: Bytes): Uint8Array => {
  const framed = [0xbd, body.length + 1, ...body]
  return Uint8Array.of(...framed, xor(framed))
}

const station = (...body: Bytes): Uint8Array => {
  const framed = [0x00, body.length, ...body]
  return Uint8Array.of(0xaa, ...framed, xor(framed), 0xbb)
}

const NOTHING = new Uint8Array()

/** For each protocol: what it answers to a command, with these cards on it. */
export const READER_ANSWERS = {
  'pn532-hsu'(command: string, cards: readonly string[]) {
    if (command === 'SAMConfiguration') return pn532(0x15)
    if (command === 'RFConfiguration') return pn532(0x33)
    if (command !== 'InListPassiveTarget') return NOTHING
    return pn532(0x4b, cards.length, ...cards.flatMap(pn532Target))
  },
  yhy523u(command: string, [card]: readonly string[]) {
    if (command === 'request')
      return card === undefined ? yhy523u(0x0201, 20) : yhy523u(0x0201, 0, 0x04, 0x00)
    if (command !== 'anticollision') return NOTHING
    return card === undefined ? yhy523u(0x0202, 13) : yhy523u(0x0202, 0, ...bytesOf(card))
  },
  'quio-fe'(command: string, [card]: readonly string[]) {
    if (command !== 'seek_card') return NOTHING
    return card === undefined ? quio(0xe2) : quio(0x03, 0x01, ...bytesOf(card))
  },
  sl025m(command: string, [card]: readonly string[]) {
    if (command !== 'select_card') return NOTHING
    return card === undefined ? strongLink(0x01, 0x01) : strongLink(0x01, 0x00, ...bytesOf(card), 0x01)
  },
  'aa-bb-station'(command: string, [card]: readonly string[]) {
    if (command !== 'get_snr') return NOTHING
    return card === undefined ? station(0x01, 0x83) : station(0x00, 0x00, ...bytesOf(card))
  },
} as const satisfies Readonly<Record<string, (command: string, cards: readonly string[]) => Uint8Array>>

export type PolledReaderName = keyof typeof READER_ANSWERS
