import { posix } from 'node:path'
import { LOADED_BY_TOOLS } from './import-table.ts'
import {
  childOf,
  childrenOf,
  dottedName,
  lineOf,
  literalText,
  type ParsedSource,
  type SyntaxNode,
} from './syntax.ts'

/** Stands for "any of them": a namespace import, `export *`, an `import()`. */
const EVERYTHING = '*'

/** Values that a file exports and no other file uses (SPEC AR-8). Types are free: they cost nothing and explain. */
export function unusedExports(files: readonly ParsedSource[]): readonly string[] {
  const used = new Set(files.flatMap((file) => usesOf(file)))
  return files
    .filter((file) => !LOADED_BY_TOOLS.includes(file.path))
    .flatMap((file) =>
      exportsOf(file)
        .filter(({ name }) => !used.has(key(file.path, name)) && !used.has(key(file.path, EVERYTHING)))
        .map(({ name, line }) => `${file.path}:${line}: nobody uses ${name}`),
    )
}

const key = (path: string, name: string): string => `${path}#${name}`

function exportsOf(file: ParsedSource): readonly { readonly name: string; readonly line: number }[] {
  return file.nodes.flatMap((node) =>
    exportedNames(node).map((name) => ({ name, line: lineOf(file.text, node.start) })),
  )
}

function exportedNames(node: SyntaxNode): readonly string[] {
  if (node.type === 'ExportDefaultDeclaration') return ['default']
  if (node.type !== 'ExportNamedDeclaration' || node['exportKind'] === 'type') return []
  const values = childrenOf(node, 'specifiers').filter((specifier) => specifier['exportKind'] !== 'type')
  const own = values.map((specifier) => nameOf(childOf(specifier, 'exported')))
  return [...own, ...declaredNames(childOf(node, 'declaration'))]
}

function declaredNames(declaration: SyntaxNode | null): readonly string[] {
  if (declaration?.type === 'VariableDeclaration')
    return childrenOf(declaration, 'declarations').flatMap((item) => boundNames(childOf(item, 'id')))
  const isFunction = declaration?.type === 'FunctionDeclaration'
  const isClass = declaration?.type === 'ClassDeclaration' && !isError(declaration)
  return declaration && (isFunction || isClass) ? [nameOf(childOf(declaration, 'id'))] : []
}

/** Errors are exported for whoever wants to catch them; a broken invariant is meant to be caught by nobody. */
const isError = (declaration: SyntaxNode): boolean =>
  (dottedName(childOf(declaration, 'superClass')) ?? '').endsWith('Error')

function boundNames(pattern: SyntaxNode | null): readonly string[] {
  if (pattern?.type !== 'ObjectPattern') return [nameOf(pattern)]
  return childrenOf(pattern, 'properties').map((property) => nameOf(childOf(property, 'value')))
}

/** Which names of which files this one takes in, as `path#name`. */
function usesOf(file: ParsedSource): readonly string[] {
  return file.nodes.flatMap((node) => {
    const specifier = literalText(childOf(node, 'source'))
    if (!specifier?.startsWith('.')) return []
    const path = posix.join(posix.dirname(file.path), specifier.replace(/\?.*$/, ''))
    return namesTaken(node).map((name) => key(path, name))
  })
}

function namesTaken(node: SyntaxNode): readonly string[] {
  if (node.type === 'ImportExpression' || node.type === 'ExportAllDeclaration') return [EVERYTHING]
  return childrenOf(node, 'specifiers').map((specifier) => {
    if (specifier.type === 'ImportNamespaceSpecifier') return EVERYTHING
    if (specifier.type === 'ImportDefaultSpecifier') return 'default'
    return nameOf(childOf(specifier, 'imported') ?? childOf(specifier, 'local'))
  })
}

const nameOf = (node: SyntaxNode | null): string => dottedName(node) ?? literalText(node) ?? ''
