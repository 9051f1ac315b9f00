/**
 * The two numbers that may be printed on a card: the last four bytes of its UID as ten decimal digits, and its third and its
 * last two bytes as "facility,number".
 *
 * @param uid at least eight hexadecimal digits
 */
export function printedNumbers(uid: string): { readonly dec10: string; readonly wiegand: string } {
  // Read as a number of its own: from 2^31 on, bit operations would make it negative.
  const lastFour = Number.parseInt(uid.slice(-8), 16)
  const facility = Math.floor(lastFour / 0x1_0000) % 0x100
  return {
    dec10: String(lastFour).padStart(10, '0'),
    wiegand: `${String(facility).padStart(3, '0')},${String(lastFour % 0x1_0000).padStart(5, '0')}`,
  }
}
