import { readFileSync } from 'node:fs'
import { parsePolicyPack } from '../../shared/contract/policy-pack.ts'
import type { PolicyPack } from '../../shared/domain/policy/types.ts'

/** A file that cannot be used: each place in it that is wrong, in words. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem'
}

/** @throws FileProblem when it is not JSON, or the system's error when it cannot be read */
export function jsonAt(file: string): unknown {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new FileProblem(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** @throws FileProblem that names each mistake of the pack, or the system's error */
export function packAt(file: string): PolicyPack {
  const parsed = parsePolicyPack(jsonAt(file))
  if (parsed.kind === 'pack') return parsed.pack
  const problems = parsed.problems.map((problem) => `  ${JSON.stringify(problem)}`)
  throw new FileProblem([`${file} is no policy pack:`, ...problems].join('\n'))
}
