import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { BESIDE_A_TEST, IMPORT_TABLE, type ImportRule } from './import-table.ts'
import { isTestFile, isWithin } from './source-files.ts'
import {
  argumentOf,
  childOf,
  childrenOf,
  dottedName,
  lineOf,
  literalText,
  type ParsedSource,
  type SyntaxNode,
} from './syntax.ts'

interface ImportUse {
  /** Null when the name is computed and no reader can know it. */
  readonly specifier: string | null
  readonly onDemand: boolean
  readonly typesOnly: boolean
  readonly line: number
}

const STATIC_FORMS = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'TSImportType',
  'TSExternalModuleReference',
])

/** Everything a file loads: imports, re-exports, type imports, `import()` and `require()`. */
function importsOf(file: ParsedSource): readonly ImportUse[] {
  return file.nodes.flatMap((node) => {
    const use = importUse(node)
    return use ? [{ ...use, line: lineOf(file.text, node.start) }] : []
  })
}

function importUse(node: SyntaxNode): Omit<ImportUse, 'line'> | null {
  if (STATIC_FORMS.has(node.type)) {
    const source = childOf(node, 'source') ?? childOf(node, 'expression')
    return source && { specifier: literalText(source), onDemand: false, typesOnly: isTypesOnly(node) }
  }
  if (node.type === 'ImportExpression')
    return { specifier: literalText(childOf(node, 'source')), onDemand: true, typesOnly: false }
  if (node.type === 'CallExpression' && dottedName(childOf(node, 'callee')) === 'require')
    return { specifier: literalText(argumentOf(node, 0)), onDemand: false, typesOnly: false }
  return null
}

function isTypesOnly(node: SyntaxNode): boolean {
  if (node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type')
    return true
  const names = childrenOf(node, 'specifiers')
  return (
    names.length > 0 && names.every((name) => name['importKind'] === 'type' || name['exportKind'] === 'type')
  )
}

/** The row of the table that rules a file; null for a file outside the table. */
function rowFor(path: string): ImportRule | null {
  const rows = IMPORT_TABLE.filter((row) => isWithin(path, row.folder) || path === `${row.folder}.ts`)
  return rows.toSorted((a, b) => b.folder.length - a.folder.length)[0] ?? null
}

/** The row for a file, with what its tests may use added. */
function ruleFor(path: string): ImportRule | null {
  const row = rowFor(path)
  if (!row || !isTestFile(path) || row.packages === 'any') return row
  return {
    ...row,
    node: true,
    project: [...row.project, ...BESIDE_A_TEST.project],
    packages: [...row.packages, ...BESIDE_A_TEST.packages],
  }
}

/** One line for each import of `file` that the table does not allow, each saying what to do. */
export function importBreaches(file: ParsedSource): readonly string[] {
  const rule = ruleFor(file.path)
  if (!rule) return [`${file.path}: no row of the import table rules this file`]
  return importsOf(file).flatMap((use) => {
    const fault = faultOf(file.path, use, rule)
    return fault ? [`${file.path}:${use.line}: ${fault}`] : []
  })
}

function faultOf(path: string, use: ImportUse, rule: ImportRule): string | null {
  if (use.specifier === null) return 'imports a computed name; write the name out'
  const specifier = use.specifier.replace(/\?.*$/, '')
  if (specifier.startsWith('.')) return relativeFault(path, specifier, use, rule)
  if (specifier.startsWith('node:')) return rule.node ? null : `${rule.folder} may not import ${specifier}`
  if (builtinModules.includes(specifier)) return `write node:${specifier}`
  const name = packageName(specifier)
  const allowed =
    rule.packages === 'any' || mayUse(rule.packages, rule.onDemand?.packages, use.onDemand).includes(name)
  return allowed ? null : `${rule.folder} may not import ${name}`
}

function relativeFault(path: string, specifier: string, use: ImportUse, rule: ImportRule): string | null {
  if (posix.extname(specifier) === '') return `${specifier} needs its extension to run`
  const target = posix.join(posix.dirname(path), specifier)
  if (rowFor(target)?.folder === rule.folder) return null
  const allowed = mayUse(rule.project, rule.onDemand?.project, use.onDemand)
  const known = use.typesOnly ? [...allowed, ...(rule.types ?? [])] : allowed
  return known.some((folder) => isWithin(target, folder)) ? null : `${rule.folder} may not import ${target}`
}

const mayUse = (
  always: readonly string[],
  later: readonly string[] | undefined,
  onDemand: boolean,
): readonly string[] => (onDemand ? [...always, ...(later ?? [])] : always)

function packageName(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}

/** The packages that any of these files loads. */
export function packagesUsed(files: readonly ParsedSource[]): ReadonlySet<string> {
  const specifiers = files.flatMap((file) => importsOf(file).map((use) => use.specifier ?? '.'))
  return new Set(specifiers.filter((name) => !/^(?:\.|node:)/.test(name)).map((name) => packageName(name)))
}
