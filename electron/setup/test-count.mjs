/**
 * What a run of vitest comes to. A test that was left out counts as failed, and so does a run that ended badly although
 * no test says why: a file that did not load, an error outside every test, no report at all.
 *
 * @param {number} exitCode
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number } | null} report
 *   of vitest's JSON reporter
 * @returns {{ passed: number, failed: number }}
 */
export function countOf(exitCode, report) {
  if (report === null) return { passed: 0, failed: 1 }
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests
  const unexplained = failed === 0 && (exitCode !== 0 || report.numPassedTests === 0)
  return { passed: report.numPassedTests, failed: unexplained ? 1 : failed }
}
