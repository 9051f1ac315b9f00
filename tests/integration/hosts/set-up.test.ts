import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const project = join(import.meta.dirname, '..', '..', '..')

function setUp() {
  const startedMs = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, ['electron/setup/setup.mjs'], {
    cwd: project,
    encoding: 'utf8',
  })
  return { status, stdout, stderr, tookMs: performance.now() - startedMs }
}

test('SU-2 set-up on a machine that has everything says so and does nothing', () => {
  setUp()
  const again = setUp()
  expect(again).toMatchObject({ status: 0, stderr: '' })
  expect(again.stdout.trim().split('\n')).toEqual([
    '✓ ready: npm start opens the counter, npm test proves it',
  ])
  expect(again.tookMs).toBeLessThan(3_000)
})
