import { expect, test } from 'vitest'
import { countOf } from './test-count.mjs'

const report = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }

test('AR-4 a clean run counts its tests', () => {
  expect(countOf(0, report)).toEqual({ passed: 7, failed: 0 })
})

test('AR-4 a skipped or planned test counts as failed', () => {
  expect(countOf(0, { ...report, numPendingTests: 2, numTodoTests: 1 })).toEqual({ passed: 7, failed: 3 })
})

test('AR-4 a run that ends badly, runs nothing or leaves no report has failed', () => {
  expect(countOf(1, report)).toEqual({ passed: 7, failed: 1 })
  expect(countOf(0, { ...report, numPassedTests: 0 })).toEqual({ passed: 0, failed: 1 })
  expect(countOf(0, null)).toEqual({ passed: 0, failed: 1 })
})

test('AR-4 failures that were counted are not counted again for the exit code', () => {
  expect(countOf(1, { ...report, numFailedTests: 2 })).toEqual({ passed: 7, failed: 2 })
})
