/**
 * Splits a text of comma, semicolon or tab separated values (RFC 4180) into rows of cells. The separator is the one that
 * the first line has most of. Total: a quote that is never closed ends with the text.
 */
export function csvRows(text: string): string[][] {
  const separator = separatorOf(text)
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const { cell, end } = cellAt(text, at, separator)
    row.push(cell)
    at = end + 1
    if (text[end] === separator && at < text.length) continue
    if (text[end] === separator) row.push('')
    rows.push(row)
    row = []
    if (text[end] === '\r' && text[at] === '\n') at += 1
  }
  return rows
}

function separatorOf(text: string): string {
  const [line = ''] = /^[^\r\n]*/.exec(text) ?? []
  const counted = [',', ';', '\t'].map((separator) => ({ separator, count: line.split(separator).length }))
  return counted.toSorted((one, other) => other.count - one.count)[0]?.separator ?? ','
}

/** The cell that begins at `at`, and where the separator or the line's end behind it stands. */
function cellAt(
  text: string,
  at: number,
  separator: string,
): { readonly cell: string; readonly end: number } {
  let cell = ''
  let from = at
  if (text[at] === '"') {
    from += 1
    for (;;) {
      const quote = text.indexOf('"', from)
      if (quote < 0) return { cell: cell + text.slice(from), end: text.length }
      cell += text.slice(from, quote)
      from = quote + 1
      if (text[from] !== '"') break
      cell += '"'
      from += 1
    }
  }
  let end = from
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1
  return { cell: cell + text.slice(from, end), end }
}
