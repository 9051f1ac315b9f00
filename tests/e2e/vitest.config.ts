import { defineConfig } from 'vitest/config'
import { LongestFirst } from '../longest-first.ts'

/** Real windows, two files at a time, each on a display of its own: what they do most is wait. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    setupFiles: ['tests/e2e/own-display.ts'],
    environment: 'node',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
})
