import { byteAt } from '../bytes.ts'

/** Polynomial 8005 reflected, as Modbus has it. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >> 1 : (crc >> 1) ^ 0xa001
  return crc
})

/** The CRC-16 of Modbus over `bytes[from, to)`; on the line its low byte comes first. */
export function crc16(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0xffff
  for (let index = from; index < to; index += 1)
    crc = (crc >> 8) ^ (TABLE[(crc ^ byteAt(bytes, index)) & 0xff] ?? 0)
  return crc
}
