import { DC1, ENQ } from './bytes.ts'
import type { Poll } from './protocol.ts'

/** Scales that are asked in two steps: ENQ, which they acknowledge, then DC1 for the weight. */
export const enquiryPoll: Poll = {
  ask: Uint8Array.of(ENQ),
  periodMs: 100,
  replyTimeoutMs: 300,
  goOn: ({ kind }) => {
    if (kind === 'ack') return Uint8Array.of(DC1)
    return kind === 'command' ? 'wait' : 'over'
  },
}
