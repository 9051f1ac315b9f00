import { transform } from 'receiptline'
import type { Receipt } from '../../../shared/contract/receipts.ts'

/** Latin characters on a line of 58 mm paper; a Chinese one is two of them wide. */
const NARROW_COLUMNS = 32

/** What ReceiptLine reads as its own signs; everything else stands for itself. */
const SIGNS = /[\\|{}\-=~_"`^]/g
/** Neither XML nor a printer takes these. */
const UNPRINTABLE = /[\p{Cc}\uFFFE\uFFFF]/gu

/** A text as it is, whatever a person typed: names are never markup. */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(UNPRINTABLE, ' ')
    .replaceAll(SIGNS, String.raw`\$&`)

/** Fen as people read them: 1250 is 12.50, -5 is -0.05. */
export function amountText(amountFen: number): string {
  const [sign, fen] = amountFen < 0 ? ['-', -amountFen] : ['', amountFen]
  return `${sign}${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
}

/** Lines for a roll of paper, written one below the other. */
export class Paper {
  readonly #title: string
  readonly #columns: number
  readonly #lines: string[] = ['{width:auto}']

  /** @param columns Latin characters on a line: as many as the canteen's printer has */
  constructor(title: string, columns = NARROW_COLUMNS) {
    this.#title = title
    this.#columns = columns
  }

  /** Across the middle, large. */
  heading(text: string): this {
    return this.#add(`^^^${plain(text)}`)
  }

  /** Across the middle. */
  middle(text: string): this {
    return this.#add(plain(text))
  }

  /** A word at the left edge, its value at the right one. */
  row(word: string, value: string): this {
    return this.#add(`${plain(word)} | ${plain(value)}`)
  }

  /** The same, and the one that matters: emphasised. */
  strong(word: string, value: string): this {
    return this.#add(`"${plain(word)}" | "${plain(value)}"`)
  }

  left(text: string): this {
    return this.#add(`|${plain(text)}`)
  }

  rule(): this {
    return this.#add('---')
  }

  receipt(): Receipt {
    const markup = this.#lines.join('\n')
    return { title: this.#title, markup, svg: pictureOf(markup, this.#columns) }
  }

  #add(line: string): this {
    this.#lines.push(line)
    return this
  }
}

/** The picture names a filter of its own by chance; the same receipt is to be the same picture each time. */
const pictureOf = (markup: string, columns: number): string =>
  transform(markup, { command: 'svg', cpl: columns, encoding: 'gb18030', spacing: true })
    .replaceAll(/receipt-[0-9a-f-]{36}/g, 'receipt')
    .trim()
