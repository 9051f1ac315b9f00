import { reading, station } from '../implementer.ts'
import type { BookReader } from '../book/reader.ts'
import type { StationConfig } from '../deps.ts'
import { PackShelf } from '../policy/pack-shelf.ts'
import { exported } from '../reports/exported.ts'
import type { ReportsDeps } from '../reports/router.ts'
import { actorOf } from '../staff/approval.ts'
import { claimsFile } from './claims-file.ts'
import { claimsOf, type ClaimsAsked } from './claims.ts'

export type ClaimsDeps = Omit<ReportsDeps, 'config'> & {
  readonly config: Pick<StationConfig, 'canteen' | 'policyPackId' | 'policyKeys'>
}

/** What was advanced in a period and is claimed of each funder, on the screen and as files (SPEC LG-41). */
export const claimsRouter = (deps: ClaimsDeps) => {
  const { book, clock, config, printer, trial } = deps
  const { name: canteenName, timeZone } = config.canteen
  const claims = (reader: BookReader, asked: ClaimsAsked) => {
    const shelf = new PackShelf(deps)
    return claimsOf(reader, asked, { canteenName, packOn: (date) => shelf.packOn(date) })
  }
  return station.claims.router({
    get: station.claims.get.handler(({ input, errors }) =>
      reading(() => book.read((file) => claims(file, input)), errors.BOOK_UNAVAILABLE),
    ),
    export: station.claims.export.handler(async ({ input, context, errors }) => {
      const { format, ...asked } = input
      const found = reading(() => book.read((file) => claims(file, asked)), errors.BOOK_UNAVAILABLE)
      const paper = { claims: found, timeZone, madeAtMs: clock.nowMs(), trial }
      const name = `claims-${found.from}-to-${found.to}.${format}`
      return await exported(deps, name, actorOf(context), () => claimsFile(paper, format, printer), errors)
    }),
  })
}
