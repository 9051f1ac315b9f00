/** One element, or a piece of text, of a document. */
type Piece = RegExpExecArray

const PIECES =
  /<(?<end>\/)?(?<name>[A-Za-z][\w.:-]*)(?<attributes>(?:\s+[\w.:-]+="[^"<]*")*)\s*(?<empty>\/)?>|(?<text>[^<]+)|(?<stray><)/gu
/** `&` begins a reference; nothing else may stand beside it. */
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u

/** What keeps this text from being one well-formed XML element, or null. */
export function xmlFault(xml: string): string | null {
  if (FORBIDDEN.test(xml)) return 'a character that XML forbids'
  if (BARE_AMPERSAND.test(xml)) return 'an ampersand by itself'
  const open: string[] = []
  let roots = 0
  for (const piece of xml.matchAll(PIECES)) {
    const fault = faultOf(piece, open)
    if (fault !== null) return fault
    if (piece.groups?.['name'] !== undefined && piece.groups['end'] === undefined && open.length <= 1)
      roots += piece.groups['empty'] === undefined && open.length === 1 ? 1 : 0
  }
  if (open.length > 0) return `<${open.at(-1)}> is not closed`
  return roots === 1 ? null : `${roots} elements at the top`
}

function faultOf({ groups = {} }: Piece, open: string[]): string | null {
  const { name, end, empty, text, stray } = groups
  if (stray !== undefined) return 'a stray <'
  if (text !== undefined) return open.length === 0 && text.trim() !== '' ? 'text outside' : null
  if (name === undefined) return 'nothing'
  if (end !== undefined) return open.pop() === name ? null : `</${name}> closes nothing`
  if (empty === undefined) open.push(name)
  return null
}

/** What stands to be read in a picture: its texts, one line for each row. */
export const textOf = (svg: string): string =>
  svg
    .replaceAll(/<g transform="translate/g, '\n<g transform="translate')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&#xa0;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
