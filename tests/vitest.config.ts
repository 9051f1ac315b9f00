import { defineConfig } from 'vitest/config'
import { LongestFirst } from './longest-first.ts'

const UNITS = '{electron,renderer,shared,server}/**/*.test.{ts,tsx}'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    // Most files wait for processes, windows and ports: three at a time keep two cores busy.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      // What stands beside its source changes nothing outside itself: files share a process and what it has loaded.
      { extends: true, test: { name: 'units', include: [UNITS], isolate: false } },
      // The end-to-end run drives a real window and is started by the test command after the others.
      {
        extends: true,
        test: { name: 'integration', include: ['tests/**/*.test.{ts,tsx}'], exclude: ['tests/e2e/**'] },
      },
    ],
  },
})
