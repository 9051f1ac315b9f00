import { commands, type BaseCommand } from 'receiptline'
import { bold, CHINESE_OFF, CHINESE_ON, cut, INIT, size, textBytes } from '../devices/protocols/escpos.ts'

/** Dots between the last line and the cutter's, beyond what the printer feeds by itself. */
const FEED_BEFORE_CUT = 0

const LF = '\n'

interface Run {
  readonly column: number
  readonly width: number
  readonly bytes: string
}

/** ReceiptLine joins strings: here each character is one byte. */
const asBinary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/**
 * What ReceiptLine calls to print a receipt. Lines are filled up with blanks, as the picture's are: it needs nothing of a
 * printer but text, bold and size, which every one of them has.
 *
 * @param encoded text as bytes for the printer
 */
export function printerCommands(encoded: (text: string) => Uint8Array = textBytes): BaseCommand {
  const base = commands.base
  let runs: Run[] = []
  let column = 0
  let emphasised = false
  let scale: { readonly width: number; readonly height: number } = PLAIN
  const add = (text: string, width: number): void => {
    if (text.trim() !== '')
      runs.push({ column, width, bytes: styled(asBinary(encoded(text)), emphasised, scale) })
    column += width
  }
  const line = (): string => {
    let printed = ''
    let at = 0
    for (const run of runs.toSorted((one, other) => one.column - other.column)) {
      printed += ' '.repeat(Math.max(0, run.column - at)) + run.bytes
      at = run.column + run.width
    }
    runs = []
    column = 0
    return printed + LF
  }
  return {
    ...base,
    open: () => asBinary(INIT) + asBinary(CHINESE_ON),
    close: () => asBinary(CHINESE_OFF) + asBinary(cut(FEED_BEFORE_CUT)),
    absolute(position) {
      column = Math.round(position)
      return ''
    },
    relative(position) {
      column += Math.round(position)
      return ''
    },
    normal() {
      emphasised = false
      scale = PLAIN
      return ''
    },
    em() {
      emphasised = true
      return ''
    },
    wh(level) {
      scale = scaleOf(level)
      return ''
    },
    text(text, encoding) {
      add(text, base.measureText(text, encoding) * scale.width)
      return ''
    },
    hr(width) {
      add('-'.repeat(width), width)
      return ''
    },
    lf: line,
    vrlf: line,
  }
}

const PLAIN = { width: 1, height: 1 } as const

/** ReceiptLine counts wide, high, both, and from there on three times, four times … */
function scaleOf(level: number): { readonly width: number; readonly height: number } {
  if (level === 1) return { width: 2, height: 1 }
  if (level === 2) return { width: 1, height: 2 }
  return level < 1 ? PLAIN : { width: level - 1, height: level - 1 }
}

function styled(
  bytes: string,
  emphasised: boolean,
  { width, height }: { width: number; height: number },
): string {
  const sized =
    width === 1 && height === 1 ? bytes : asBinary(size(width, height)) + bytes + asBinary(size(1, 1))
  return emphasised ? asBinary(bold(true)) + sized + asBinary(bold(false)) : sized
}
