import { closureOfCanteen } from './closure.ts'
import { baysCpu } from './bays.ts'
import { latency } from './latency.ts'
import { deviceRoundTrip } from './device-round-trip.ts'
import { slowestProtocols } from './every-protocol.ts'
import { measureFramesPerSecond } from './frames.ts'
import { memberImport } from './member-import.ts'
import type { Measurement } from './measurement.ts'
import { policyReplay } from './policy-replay.ts'
import { quotesPerSecond } from './quotes.ts'
import { officeInteraction } from './office.ts'
import { reportFile } from './report.ts'
import { settleAgainstBare, settleFlat } from './settle.ts'
import { slowFlush } from './slow-flush.ts'
import { stationSize } from './station-size.ts'
import { syncBench } from './sync.ts'
import { tapQuote } from './tap-quote.ts'

type Say = (line: string) => void

/** Each part of the bench by name, in the order they run. */
export const PARTS: Readonly<Record<string, (say: Say) => Measurement[] | Promise<Measurement[]>>> = {
  frames: async (say) => [
    await measureFramesPerSecond(),
    ...(await slowestProtocols(say)),
    ...(await deviceRoundTrip(say)),
  ],
  quotes: quotesPerSecond,
  tap: tapQuote,
  settle: settleAgainstBare,
  'slow-flush': slowFlush,
  flat: settleFlat,
  station: stationSize,
  bays: baysCpu,
  office: officeInteraction,
  import: memberImport,
  closure: closureOfCanteen,
  report: reportFile,
  'policy-replay': policyReplay,
  sync: syncBench,
  latency,
}
