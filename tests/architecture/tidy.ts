import { LONGEST_FILE_LINES, OWN_TIME_ALLOWED, WITHOUT_OWN_TIME } from './import-table.ts'
import { isTestFile, isWithin, type SourceFile } from './source-files.ts'
import {
  argumentOf,
  childOf,
  dottedName,
  lineOf,
  literalText,
  type ParsedSource,
  type SyntaxNode,
} from './syntax.ts'

const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'AbortSignal.timeout'])
const CLOCKS = new Set(['Date.now', 'performance.now', 'process.hrtime', 'process.hrtime.bigint'])
const CHANCE = new Set(['Math.random', 'randomUUID', 'crypto.randomUUID', 'uuidv7'])

/** Uses of the machine's own clock, timers or chance where those are arguments (SPEC AR-2). */
export function ownTimeBreaches(file: ParsedSource): readonly string[] {
  const ruled = WITHOUT_OWN_TIME.some((folder) => isWithin(file.path, folder)) && !isTestFile(file.path)
  if (!ruled || OWN_TIME_ALLOWED.some((folder) => isWithin(file.path, folder))) return []
  return file.nodes.flatMap((node) => {
    const used = ownTimeUse(node)
    return used ? [`${at(file, node)}: ${used} is an argument here, see electron/station/deps.ts`] : []
  })
}

function ownTimeUse(node: SyntaxNode): string | null {
  if (node.type === 'ImportDeclaration') {
    const source = literalText(childOf(node, 'source'))
    return source?.startsWith('node:timers') ? source : null
  }
  if (node.type === 'NewExpression') return isNowDate(node) ? 'new Date()' : null
  if (node.type === 'MemberExpression') return withinSet(dottedName(node), CLOCKS, CHANCE)
  if (node.type !== 'CallExpression') return null
  const name = dottedName(childOf(node, 'callee'))
  return name === 'Date' ? 'Date()' : withinSet(name, TIMERS, name?.includes('.') ? new Set() : CHANCE)
}

const isNowDate = (node: SyntaxNode): boolean =>
  dottedName(childOf(node, 'callee')) === 'Date' && argumentOf(node, 0) === null

function withinSet(name: string | null, ...sets: readonly ReadonlySet<string>[]): string | null {
  const bare = name?.replace(/^(?:globalThis|window)\./, '') ?? ''
  return sets.some((set) => set.has(bare)) ? bare : null
}

const SKIPPING = /^(?:test|it|describe|suite|bench)\b.*\.(?:skip|only|todo|fails|skipIf|runIf)\b/
const MOCKING = /^(?:vi|vitest|jest)\.(?:mock|doMock|stubGlobal)$/
const IGNORING = /@ts-(?:ignore|nocheck)/
const DISABLING = /^\s*(?:oxlint|eslint)-disable/

/** Tests that do not run, parts that are not real, and faults that are told to be quiet (SPEC AR-4). */
export function silenceBreaches(file: ParsedSource): readonly string[] {
  const inCode = file.nodes.flatMap((node) => {
    const fault = silencingNode(node)
    return fault ? [`${at(file, node)}: ${fault}`] : []
  })
  const inComments = file.comments.flatMap((comment) => {
    const fault = silencingComment(comment.value)
    return fault ? [`${at(file, comment)}: ${fault}`] : []
  })
  return [...inCode, ...inComments]
}

function silencingNode(node: SyntaxNode): string | null {
  if (node.type === 'TSAnyKeyword') return 'any hides faults; use unknown and check'
  if (node.type !== 'MemberExpression') return null
  const name = dottedName(node) ?? ''
  if (SKIPPING.test(name)) return `${name} keeps tests from running`
  return MOCKING.test(name) ? `${name} replaces a part that can run` : null
}

function silencingComment(comment: string): string | null {
  if (IGNORING.test(comment)) return 'a type error is ignored'
  return DISABLING.test(comment) && !comment.includes(' -- ')
    ? 'say after " -- " why the rule is wrong here'
    : null
}

/** Files longer than a page's worth of thought (SPEC AR-3). Tests may tell longer stories. */
export function sizeBreaches(file: SourceFile): readonly string[] {
  const lines = file.text.trimEnd().split('\n').length
  if (isTestFile(file.path) || lines <= LONGEST_FILE_LINES) return []
  return [`${file.path}: ${lines} lines, ${LONGEST_FILE_LINES} at most`]
}

const at = (file: SourceFile, place: { readonly start: number }): string =>
  `${file.path}:${lineOf(file.text, place.start)}`
