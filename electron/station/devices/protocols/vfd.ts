import { asciiBytes, CR } from './bytes.ts'

/** The customer display with two lines of twenty characters (CD5220). Started and cleared like the eight-digit one. No state. */

const ESC = 0x1b
const VFD_COLUMNS = 20

/** What it has no letters for, which is everything but ASCII. */
const FOREIGN = /[^ -~]/gu

/**
 * One line, filled up with blanks so that nothing of the line before stays, and ended with a carriage return (SPEC PT-2).
 * What is too long is cut at the right.
 */
export function vfdLine(line: 1 | 2, text: string): Uint8Array {
  const whole = text.replaceAll(FOREIGN, '?').slice(0, VFD_COLUMNS).padEnd(VFD_COLUMNS)
  return Uint8Array.of(ESC, 0x51, line === 1 ? 0x41 : 0x42, ...asciiBytes(whole), CR)
}

/** A word at the left edge and its amount at the right one. */
export function vfdRow(word: string, amount: string): string {
  const room = Math.max(0, VFD_COLUMNS - amount.length - 1)
  return `${word.slice(0, room).padEnd(room)} ${amount}`
}
