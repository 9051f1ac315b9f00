import type { LineAnswer } from './line-session.ts'
import type { Poll } from './protocols/protocol.ts'
import type { Said } from './protocols/said.ts'

/** What is to be done on the line after a frame: a request that follows outweighs the end of a round. */
export function answerTo(poll: Poll | null, said: Said, before: LineAnswer): LineAnswer {
  if (poll === null || (said.kind === 'error' && said.error === 'checksum')) return before
  const next = poll.goOn?.(said) ?? 'over'
  return next === 'wait' ? before : next
}
