/** Reads money as people write it. Exact: digits in, integer fen out, no floats on the way. */

const FORM = /^(\d{1,7})(?:[.。．](\d{1,2}))?$/

/** '12', '12.5', '12.50' → 1200, 1250, 1250 fen; null for anything else, also for a third decimal. */
export function fenOfYuan(text: string): number | null {
  const match = FORM.exec(text.trim())
  if (match === null) return null
  const [, yuan = '', fen = ''] = match
  return Number(yuan) * 100 + Number(fen.padEnd(2, '0'))
}
