import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './longest-first.ts'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['{electron,renderer,shared,server,tests}/**/*.test.{ts,tsx}'],
    // The end-to-end run drives a real window and is started by the test command after this one.
    exclude: [...configDefaults.exclude, 'tests/e2e/**'],
    // Most files wait for processes, windows and ports: three at a time keep two cores busy.
    maxWorkers: 3,
    // Files that run one after the other share a process and what it has loaded: no module here keeps what a test did.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
  },
})
