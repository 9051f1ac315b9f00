import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { START_REFUSALS } from '../../shared/contract/supervision.ts'
import { faultPageOf } from './fault-page.ts'

const html = readFileSync(join(import.meta.dirname, 'fault', 'fault.html'), 'utf8')
const sections = new Map(
  [...html.matchAll(/<section id="(?<id>[^"]+)">(?<words>[\s\S]*?)<\/section>/g)].map((match) => [
    match.groups?.['id'] ?? '',
    match.groups?.['words'] ?? '',
  ]),
)

test('ST-3 every reason not to sell has its section, and no section is left over', () => {
  expect([...sections.keys()].toSorted()).toEqual(
    [...Object.keys(START_REFUSALS), 'crashes', 'seniors'].toSorted(),
  )
})

test.each([...sections.keys()])('ST-3 %s says what and what to do, in Chinese and English', (id) => {
  const words = sections.get(id) ?? ''
  const [chinese = '', english = ''] = words.split('<div lang="en">')
  expect(chinese).toMatch(/<h1>[^<]*\p{Script=Han}/u)
  expect(chinese).toMatch(/<p class="do">[^<]*\p{Script=Han}/u)
  expect(english).toMatch(/<h2>[A-Z][^<]+<\/h2>/)
  expect(english).not.toMatch(/\p{Script=Han}/u)
})

test('ST-3 each refusal ends the station with an exit code of its own', () => {
  const codes = Object.values(START_REFUSALS)
  expect(new Set(codes).size).toBe(codes.length)
  for (const code of codes) expect(code).toBeGreaterThan(64)
})

test('ST-3 seniors are asked to wait, staff read the reason and a line for support', () => {
  const seniors = new URL(faultPageOf('seniors', 'disk-full', 'no room', 1))
  const staff = new URL(faultPageOf('staff', 'disk-full', 'no room', 1))
  expect(seniors.hash).toBe('#seniors')
  expect(staff.hash).toBe('#disk-full')
  expect(staff.searchParams.get('detail')).toBe('no room')
})

test('ST-3 of a stack only the line that names the error is shown, and not too much of it', () => {
  const stack =
    'file:///entry.js:7\n  throw new Error("x")\n    ^\n\nTypeError: cannot read\n    at f (entry.js:7)'
  const shown = (detail: string) =>
    new URL(faultPageOf('staff', 'crashes', detail, 1)).searchParams.get('detail')
  expect(shown(stack)).toBe('TypeError: cannot read')
  expect(shown('')).toBe('')
  expect(shown('y'.repeat(5_000))).toHaveLength(200)
})

test('ST-3 a second fault is a new page, so that its button can be pressed again', () => {
  expect(faultPageOf('staff', 'crashes', '', 1)).not.toBe(faultPageOf('staff', 'crashes', '', 2))
})
