/** `npm test`: the set-up where it is needed, then everything there is; the last line is `N passed, N failed`. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startVirtualDisplay } from './display.mjs'
import { outFolder, projectFolder } from './places.mjs'
import { run } from './run.mjs'
import { command, step } from './say.mjs'
import { prepareMachine, preparePackages } from './setup.mjs'
import { countOf } from './test-count.mjs'

const resultsFolder = join(outFolder, 'test-results')
const MEMORY_FOLDER = '/dev/shm'
const ENOUGH_BYTES = 4 * 2 ** 30
const seconds = (startedMs) => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`

await command(async () => {
  const code = await preparePackages(import.meta.url)
  if (code !== null) return code
  // The checks of the sources take what is left over while the rest is fetched and tests wait for windows and ports.
  const checked = sourceChecks()
  await prepareMachine({ forTests: true })
  // Always a virtual one: windows of a test must neither disturb a person nor be disturbed.
  const virtual = process.platform === 'linux' ? await startVirtualDisplay() : null
  const temporary = mkdtempSync(join(temporaryPlace(), 'canteen-test-'))
  // The database server, which is nobody of importance, has its folder below it.
  chmodSync(temporary, 0o711)
  const env = {
    ...process.env,
    TMPDIR: temporary,
    // Hundreds of processes of the same sources are started: each after the first need not compile them again.
    NODE_COMPILE_CACHE: join(temporary, 'compiled'),
    ...(virtual === null ? {} : { DISPLAY: virtual.display }),
  }
  rmSync(resultsFolder, { recursive: true, force: true })
  mkdirSync(resultsFolder, { recursive: true })
  const totals = { passed: 0, failed: 0 }
  try {
    const parts = [
      await vitest('unit, property, integration', 'tests/vitest.config.ts', env),
      await vitest('end to end', 'tests/e2e/vitest.config.ts', env),
      ...(await checked),
    ]
    for (const { passed, failed } of parts) {
      totals.passed += passed
      totals.failed += failed
    }
  } finally {
    virtual?.stop()
    rmSync(temporary, { recursive: true, force: true })
  }
  console.log(`${totals.passed} passed, ${totals.failed} failed`)
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1
})

/**
 * Where a run keeps its files, all in one folder that goes with it. In memory where there is room: hundreds of books are
 * made and thrown away, and what a disk does to one is staged by the tests of power cuts, not by this machine's disk.
 */
function temporaryPlace() {
  if (!existsSync(MEMORY_FOLDER)) return tmpdir()
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER)
  return bavail * bsize >= ENOUGH_BYTES ? MEMORY_FOLDER : tmpdir()
}

async function sourceChecks() {
  return [
    await check('types', ['typescript', 'bin', 'tsc'], ['--noEmit', '-p', 'tsconfig.json']),
    await check('lint', ['oxlint', 'bin', 'oxlint'], []),
    await check('format', ['prettier', 'bin', 'prettier.cjs'], ['--check', '--log-level=warn', '.']),
  ]
}

/** A tool that says yes or no counts as one test. */
async function check(name, script, scriptArguments) {
  const startedMs = performance.now()
  step(name, script[0])
  const code = await run(
    process.execPath,
    [join(projectFolder, 'node_modules', ...script), ...scriptArguments],
    { priority: constants.priority.PRIORITY_LOW },
  )
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
