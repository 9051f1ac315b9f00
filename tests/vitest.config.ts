import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['{electron,renderer,shared,server,tests}/**/*.test.{ts,tsx}'],
    // The end-to-end run drives a real window and is started by the test command after the others.
    exclude: ['tests/e2e/**', 'node_modules/**', 'out/**'],
    environment: 'node',
    // Most files wait for processes, windows and disks: two at a time also on two cores.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
