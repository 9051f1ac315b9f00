/** The largest amount anybody may write in the office: a million yuan, in fen. */
const MOST_FEN = 100_000_000

/** Digits of a Chinese keyboard's full width, and its points, are digits and points. */
const asAscii = (text: string): string =>
  text
    .replace(/[０-９]/g, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) - 0xfe_e0))
    .replace(/[。．]/g, '.')

/**
 * Reads an amount as people write it, exactly: '12', '12.5', '12.50', '12。5 元' are 1200, 1250, 1250, 1250 fen. Null for
 * anything else: a third digit after the point, a sign, a comma, more than a million yuan.
 */
export function fenOfText(text: string): number | null {
  const match = /^(\d{1,7})(?:\.(\d{0,2}))?$/.exec(
    asAscii(text)
      .replace(/\s*[元¥￥]?\s*$/, '')
      .trim(),
  )
  if (match === null) return null
  const [, yuan = '', rest = ''] = match
  const fen = Number(yuan) * 100 + Number(rest.padEnd(2, '0'))
  return fen <= MOST_FEN ? fen : null
}
