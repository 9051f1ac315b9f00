export const SOH = 0x01
export const STX = 0x02
export const ETX = 0x03
export const EOT = 0x04
export const ENQ = 0x05
export const ACK = 0x06
export const DC1 = 0x11
export const NAK = 0x15
export const LF = 0x0a
export const CR = 0x0d

/** The value of one hexadecimal digit in either case; −1 for any other byte. */
export function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const upper = byte & 0xdf
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1
}

/** One byte of a buffer; −1, which no byte is, past its end. */
export const byteAt = (bytes: Uint8Array, index: number): number => bytes[index] ?? -1

/** Upper-case hexadecimal of `bytes[from, to)`. */
export function hexOf(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
    .toString('hex')
    .toUpperCase()
}

export const asciiBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'))
