import {
  childOf,
  dottedName,
  argumentOf,
  lineOf,
  literalText,
  templateStart,
  type ParsedSource,
  type SyntaxNode,
} from './syntax.ts'

export interface Rule {
  readonly id: string
  /** A dropped rule keeps its number and needs no test. */
  readonly dropped: boolean
}

export interface TestTitle {
  /** `path:line`, to click on. */
  readonly at: string
  /** The constant beginning of the title; empty when it is computed. */
  readonly title: string
  /** The rules cited at its start, or at the start of a `describe` around it. */
  readonly rules: readonly string[]
}

const RULE_LINE = /^- \*\*(?<id>[A-Z]{2}-\d+)\*\*(?<text>.*)$/gm
const CITED = /^(?:[A-Z]{2}-\d+[\s,:·]+)*[A-Z]{2}-\d+\b/
const TABLE_CALL = /\.(?:each|for|extend)$/
const TEST_CALL = /^(?:test|it)(?:\.(?:concurrent|sequential|each|for))*$/
const DESCRIBE_CALL = /^(?:describe|suite)(?:\.(?:concurrent|sequential|each|for))*$/

/** The numbered rules of SPEC.md, in its order. */
export function rulesOf(spec: string): readonly Rule[] {
  return [...spec.matchAll(RULE_LINE)].map(({ groups }) => ({
    id: groups?.['id'] ?? '',
    dropped: /^\s*[*_]?dropped\b/.test(groups?.['text'] ?? ''),
  }))
}

/** `LG-3, LG-4 Σ debits …` cites LG-3 and LG-4. */
export const citedAtStart = (title: string): readonly string[] =>
  CITED.exec(title)?.[0].match(/[A-Z]{2}-\d+/g) ?? []

/** Every test in a file with the rules it cites. */
export function testTitlesOf(file: ParsedSource): readonly TestTitle[] {
  const describes = callsOf(file, DESCRIBE_CALL)
  return callsOf(file, TEST_CALL).map((call) => {
    const around = describes.filter((outer) => outer.start < call.start && call.start < outer.end)
    const rules = [call, ...around].flatMap(({ title }) => citedAtStart(title))
    return { at: `${file.path}:${lineOf(file.text, call.start)}`, title: call.title, rules }
  })
}

interface TitledCall {
  readonly start: number
  readonly end: number
  readonly title: string
}

function callsOf(file: ParsedSource, name: RegExp): readonly TitledCall[] {
  return file.nodes
    .filter((node) => node.type === 'CallExpression' && name.test(calledName(childOf(node, 'callee'))))
    .map((node) => ({ start: node.start, end: Number(node['end']), title: titleOf(argumentOf(node, 0)) }))
}

/** `test`, `test.concurrent`; of `test.each(table)('…')` only the second call has a title, so only that one is named. */
function calledName(callee: SyntaxNode | null): string {
  const name = dottedName(callee) ?? ''
  if (name !== '') return TABLE_CALL.test(name) ? '' : name
  return dottedName(childOf(callee, 'callee') ?? childOf(callee, 'tag')) ?? ''
}

function titleOf(node: SyntaxNode | null): string {
  if (node?.type === 'BinaryExpression') return titleOf(childOf(node, 'left'))
  return literalText(node) ?? templateStart(node)?.text ?? ''
}

export interface CitationReport {
  readonly uncitedRules: readonly string[]
  readonly unknownCitations: readonly string[]
  readonly testsWithoutRule: readonly string[]
}

/** Holds SPEC.md against the tests, in both directions (SPEC AR-7). */
export function compareCitations(rules: readonly Rule[], tests: readonly TestTitle[]): CitationReport {
  const living = new Set(rules.filter((rule) => !rule.dropped).map((rule) => rule.id))
  const cited = new Set(tests.flatMap((test) => test.rules))
  return {
    uncitedRules: [...living].filter((id) => !cited.has(id)),
    unknownCitations: tests.flatMap((test) =>
      test.rules.filter((id) => !living.has(id)).map((id) => `${test.at}: ${id} is not in SPEC.md`),
    ),
    testsWithoutRule: tests
      .filter((test) => test.rules.length === 0)
      .map((test) => `${test.at}: ${test.title || 'a computed title'}`),
  }
}
