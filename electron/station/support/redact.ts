/** Letters and digits that stand for a person, out of a text that a stranger will read. */
const NUMBERS: readonly (readonly [RegExp, string])[] = [
  [/(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])/g, '[id number]'],
  [/(?<!\d)1[3-9]\d{9}(?!\d)/g, '[phone]'],
]

const LONGEST_NAME = 6
const HAN_RUN = /\p{Script=Han}{2,}/gu

/**
 * The text without identity numbers, mobile numbers, and the names that are given. A second pair of eyes only: none of it
 * should be there in the first place (SPEC LG-16).
 */
export function redacted(text: string, names: ReadonlySet<string>): string {
  const plain = NUMBERS.reduce((left, [pattern, mark]) => left.replace(pattern, mark), text)
  return plain.replace(HAN_RUN, (run) => withoutNames(run, names))
}

function withoutNames(run: string, names: ReadonlySet<string>): string {
  const characters = Array.from(run)
  let kept = ''
  for (let at = 0; at < characters.length;) {
    const length = nameAt(characters, at, names)
    kept += length === 0 ? (characters[at] ?? '') : '[name]'
    at += Math.max(1, length)
  }
  return kept
}

/** How many characters of a name begin here, the longest that fits; 0 when none does. */
function nameAt(characters: readonly string[], at: number, names: ReadonlySet<string>): number {
  for (let length = Math.min(LONGEST_NAME, characters.length - at); length >= 2; length -= 1)
    if (names.has(characters.slice(at, at + length).join(''))) return length
  return 0
}

const SECRET = /key|code|secret|token|password|pin$/i

/** A configuration as it is, with every secret's value gone and credentials cut out of addresses. */
export function redactedConfig(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactedConfig)
  if (typeof value === 'string') return value.replace(/\/\/[^/@\s]+@/, '//[credentials]@')
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET.test(name) ? '[secret]' : redactedConfig(inner),
    ]),
  )
}
