/** The value of a byte of two decimal digits, 0 to 99; −1 for a byte that is none. */
export function bcdPair(byte: number): number {
  const high = byte >> 4
  const low = byte & 0x0f
  return high > 9 || low > 9 || byte < 0 ? -1 : high * 10 + low
}
