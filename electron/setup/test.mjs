/** `npm test`: the set-up where it is needed, then everything there is; the last line is `N passed, N failed`. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startVirtualDisplay } from './display.mjs'
import { outFolder, projectFolder } from './places.mjs'
import { run } from './run.mjs'
import { command, step } from './say.mjs'
import { prepare } from './setup.mjs'
import { countOf } from './test-count.mjs'

const resultsFolder = join(outFolder, 'test-results')
const seconds = (startedMs) => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`

await command(async () => {
  const code = await prepare(import.meta.url, { forTests: true })
  if (code !== null) return code
  // Always a virtual one: windows of a test must neither disturb a person nor be disturbed.
  const virtual = process.platform === 'linux' ? await startVirtualDisplay() : null
  const env = virtual === null ? process.env : { ...process.env, DISPLAY: virtual.display }
  rmSync(resultsFolder, { recursive: true, force: true })
  mkdirSync(resultsFolder, { recursive: true })
  const totals = { passed: 0, failed: 0 }
  for (const part of [
    () => check('types', ['typescript', 'bin', 'tsc'], ['--noEmit', '-p', 'tsconfig.json']),
    () => check('lint', ['oxlint', 'bin', 'oxlint'], []),
    () => check('format', ['prettier', 'bin', 'prettier.cjs'], ['--check', '--log-level=warn', '.']),
    () => vitest('unit, property, integration', 'tests/vitest.config.ts', env),
    () => vitest('end to end', 'tests/e2e/vitest.config.ts', env),
  ]) {
    const { passed, failed } = await part()
    totals.passed += passed
    totals.failed += failed
  }
  virtual?.stop()
  console.log(`${totals.passed} passed, ${totals.failed} failed`)
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1
})

/** A tool that says yes or no counts as one test. */
async function check(name, script, scriptArguments) {
  const startedMs = performance.now()
  step(name, script[0])
  const code = await run(process.execPath, [
    join(projectFolder, 'node_modules', ...script),
    ...scriptArguments,
  ])
  console.log(`  ${code === 0 ? '✓' : '✗'} ${name}, ${seconds(startedMs)}`)
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function vitest(name, configuration, env) {
  const startedMs = performance.now()
  step(name, configuration)
  const report = join(resultsFolder, `${configuration.replaceAll(/[/.]/g, '-')}.json`)
  const code = await run(
    process.execPath,
    [
      join(projectFolder, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--config',
      configuration,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { env },
  )
  const count = countOf(code, existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null)
  console.log(
    `  ${count.failed === 0 ? '✓' : '✗'} ${name}: ${count.passed} passed, ${count.failed} failed, ${seconds(startedMs)}`,
  )
  return count
}
