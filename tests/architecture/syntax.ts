import { parseSync } from 'vite'
import type { SourceFile } from './source-files.ts'

/** One node of the syntax tree, as far as these checks look into it. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

export interface ParsedSource extends SourceFile {
  readonly nodes: readonly SyntaxNode[]
  readonly comments: readonly { readonly value: string; readonly start: number }[]
}

/** @throws Error when the file is not valid TypeScript: no check can vouch for what it cannot read. */
export function parseSource(file: SourceFile): ParsedSource {
  const result = parseSync(file.path, file.text)
  const fault = result.errors[0]
  if (fault) throw new Error(`${file.path}: ${fault.message}`)
  return { ...file, nodes: nodesBelow(result.program), comments: result.comments }
}

/** Every node of the tree, parents before their children. A loop of its own: it runs over the whole project. */
function nodesBelow(root: unknown): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = []
  const waiting: unknown[] = [root]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value !== 'object' || value === null) continue
    if (isNode(value)) nodes.push(value)
    const fields: readonly unknown[] = Object.values(value)
    waiting.push(...fields.toReversed())
  }
  return nodes
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

export function childOf(node: SyntaxNode | null, field: string): SyntaxNode | null {
  const child = node?.[field]
  return isNode(child) ? child : null
}

export function childrenOf(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  const children = node[field]
  return Array.isArray(children) ? children.filter((child) => isNode(child)) : []
}

export const argumentOf = (call: SyntaxNode, index: number): SyntaxNode | null =>
  childrenOf(call, 'arguments')[index] ?? null

/** The value of a string literal, or of a template without expressions; null for anything computed. */
export function literalText(node: SyntaxNode | null): string | null {
  if (node?.type === 'Literal' && typeof node['value'] === 'string') return node['value']
  const start = templateStart(node)
  return start && start.whole ? start.text : null
}

/** The constant text a template literal begins with, and whether that is all of it. */
export function templateStart(
  node: SyntaxNode | null,
): { readonly text: string; readonly whole: boolean } | null {
  if (node?.type !== 'TemplateLiteral') return null
  const quasis = childrenOf(node, 'quasis')
  const value = quasis[0]?.['value']
  if (typeof value !== 'object' || value === null || !('cooked' in value)) return null
  return { text: String(value.cooked), whole: quasis.length === 1 }
}

/** The dotted name of an identifier or member chain: `Date.now`, `test.each`; null for anything computed. */
export function dottedName(node: SyntaxNode | null): string | null {
  if (node?.type === 'Identifier') return String(node['name'])
  if (node?.type !== 'MemberExpression' || node['computed'] === true) return null
  const object = dottedName(childOf(node, 'object'))
  const property = dottedName(childOf(node, 'property'))
  return object && property && `${object}.${property}`
}

export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length
