import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { citedAtStart, compareCitations, rulesOf, testTitlesOf } from './citations.ts'
import { isTestFile, PROJECT_ROOT, readSourceFiles } from './source-files.ts'
import { parseSource } from './syntax.ts'

const rules = rulesOf(readFileSync(join(PROJECT_ROOT, 'shared', 'SPEC.md'), 'utf8'))
const tests = readSourceFiles()
  .filter((file) => isTestFile(file.path))
  .flatMap((file) => testTitlesOf(parseSource(file)))
const report = compareCitations(rules, tests)

describe('AR-7 rules and tests name each other', () => {
  test('AR-7 every rule of SPEC.md is cited by a test', () => {
    expect(report.uncitedRules).toEqual([])
  })

  test('AR-7 every citation is of a rule in SPEC.md', () => {
    expect(report.unknownCitations).toEqual([])
  })

  test('AR-7 every test says which rule it proves', () => {
    expect(report.testsWithoutRule).toEqual([])
  })

  test('AR-7 rules are numbered in order, without a gap or a repetition', () => {
    const bySection = Map.groupBy(rules, (rule) => rule.id.slice(0, 2))
    expect(bySection.size).toBeGreaterThan(0)
    for (const [section, own] of bySection)
      expect(own.map((rule) => rule.id)).toEqual(own.map((_, index) => `${section}-${index + 1}`))
  })
})

describe('AR-7 planted breaches are caught', () => {
  const spec = '- **LG-1** One.\n- **LG-2** Two.\n- **LG-3** *dropped* Three.\n'
  const titles = (text: string) => testTitlesOf(parseSource({ path: 'tests/planted.test.ts', text }))
  const compared = (text: string) => compareCitations(rulesOf(spec), titles(text))

  test('AR-7 planted: a rule that no test cites', () => {
    expect(compared(`test('LG-1 one', run)`).uncitedRules).toEqual(['LG-2'])
    expect(compared(`test('LG-1 one', run); test('two, see LG-2', run)`).uncitedRules).toEqual(['LG-2'])
  })

  test('AR-7 planted: a citation of a rule that is not there, or no more', () => {
    expect(compared(`\ntest('LG-9 nine', run)`).unknownCitations).toEqual([
      'tests/planted.test.ts:2: LG-9 is not in SPEC.md',
    ])
    expect(compared(`test('LG-3 three', run)`).unknownCitations).toHaveLength(1)
  })

  test('AR-7 planted: a test without a rule, or with a computed title', () => {
    expect(compared(`test('adds up', run)`).testsWithoutRule).toEqual(['tests/planted.test.ts:1: adds up'])
    expect(compared('test(`${name} adds up`, run)').testsWithoutRule).toEqual([
      'tests/planted.test.ts:1: a computed title',
    ])
  })

  test('AR-7 citations are read from every form of a test', () => {
    const forms = [
      `test('LG-1, LG-2 both', run)`,
      'test(`LG-1 LG-2 of ${name}`, run)',
      `test.each(rows)('LG-1 · LG-2 %s', run)`,
      `it.concurrent('LG-1 LG-2: both', run)`,
      `describe('LG-1 the first', () => { test('LG-2 the second', run) })`,
    ]
    for (const form of forms)
      expect(compared(form)).toEqual({ uncitedRules: [], unknownCitations: [], testsWithoutRule: [] })
    expect(citedAtStart('LG-1 does not hold for LG-2')).toEqual(['LG-1'])
  })
})
