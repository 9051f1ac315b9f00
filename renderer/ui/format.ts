/** How amounts and weights are written. Exact: integers in, no floats on the way. */

export interface WrittenAmount {
  /** '−' for a negative amount, else empty. */
  readonly sign: string
  readonly yuan: string
  /** Two digits after the point. */
  readonly fen: string
}

/** @param fen integer fen */
export function writtenAmount(fen: number): WrittenAmount {
  const size = Math.abs(fen)
  return {
    sign: fen < 0 ? '−' : '',
    yuan: String(Math.floor(size / 100)),
    fen: String(size % 100).padStart(2, '0'),
  }
}

/** '12.50', '−3.00' */
export function yuanText(fen: number): string {
  const { sign, yuan, fen: rest } = writtenAmount(fen)
  return `${sign}${yuan}.${rest}`
}

/** Grams without trailing zeros: 215 000 mg is '215', 12 500 mg is '12.5'. */
export function gramsText(milligrams: number): string {
  const size = Math.abs(milligrams)
  const decimals = String(size % 1_000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  const point = decimals === '' ? '' : `.${decimals}`
  return `${milligrams < 0 ? '−' : ''}${Math.floor(size / 1_000)}${point}`
}

export interface WrittenMoment {
  readonly date: string
  readonly time: string
}

const DAY = { month: 'short', day: 'numeric' } as const
const DAY_AND_WEEKDAY = { ...DAY, weekday: 'long' } as const
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** Making one takes longer than a hundred uses of it, and there are as many as languages, zones and forms. */
const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(
  language: string,
  timeZone: string,
  form: typeof DAY | typeof DAY_AND_WEEKDAY | typeof TIME,
): Intl.DateTimeFormat {
  const key = [language, timeZone, ...Object.keys(form)].join(' ')
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(language, { timeZone, ...form })
  formats.set(key, made)
  return made
}

const timeText = (atMs: number, timeZone: string): string => formatOf('zh-CN', timeZone, TIME).format(atMs)

/** '10月12日 11:24', 'Oct 12 11:24': for a column of a table. */
export const shortMoment = (atMs: number, language: string, timeZone: string): string =>
  `${formatOf(language, timeZone, DAY).format(atMs)} ${timeText(atMs, timeZone)}`

/**
 * @param atMs milliseconds since 1970
 * @param timeZone IANA name of the canteen's own zone, whatever the machine's is set to
 */
export function writtenMoment(atMs: number, language: string, timeZone: string): WrittenMoment {
  const date = formatOf(language, timeZone, DAY_AND_WEEKDAY).format(atMs)
  // Chinese dates come without a gap before the weekday.
  return { date: date.replace('日星', '日 星'), time: timeText(atMs, timeZone) }
}
