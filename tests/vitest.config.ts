import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['{electron,renderer,shared,server,tests}/**/*.test.{ts,tsx}'],
    // The end-to-end run drives a real window and is started by the test command after the others.
    exclude: ['tests/e2e/**', 'node_modules/**', 'out/**'],
    environment: 'node',
    // Most files wait for processes, windows and ports: three at a time keep two cores busy.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
