/**
 * States that once failed, and one of each kind to keep the replay itself in order. `npm run proof` prints the key of a
 * state that fails: it is added here, with a word on what was wrong, and every later test run rebuilds it.
 */
export const REGRESSIONS: readonly string[] = [
  // Never failed: a plain state, and one whose recovery is cut five times.
  'kept/0#7:60:40:10',
  'kept/0#30:60:40:10',
]
