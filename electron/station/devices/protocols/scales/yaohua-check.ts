import { byteAt, hexDigit } from '../bytes.ts'
import { xorOf } from '../grammar.ts'

/** Yaohua's two check digits: the exclusive or of bytes, in hexadecimal digits of either case. */
export type Check = 'fits' | 'differs' | 'none'

/** Whether the check digits at `check` are those of `bytes[from, check)`; `none` where no hexadecimal digits stand there. */
export function checkAt(bytes: Uint8Array, from: number, check: number): Check {
  const high = hexDigit(byteAt(bytes, check))
  const low = hexDigit(byteAt(bytes, check + 1))
  if (high < 0 || low < 0) return 'none'
  return ((high << 4) | low) === xorOf(bytes, from, check) ? 'fits' : 'differs'
}
