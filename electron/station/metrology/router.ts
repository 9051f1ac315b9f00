import { reading, station } from '../implementer.ts'
import { actorOf, approvedBy } from '../staff/approval.ts'
import type { ScaleDesk } from './scale-desk.ts'
import type { ScaleDesks } from './scale-desks.ts'

/** Checking a scale with a known weight, and deciding about one that failed (SPEC MT-6, MT-8). */
export const metrologyRouter = ({ scaleDesks }: { readonly scaleDesks: ScaleDesks }) =>
  station.metrology.router({
    watch: station.metrology.watch.handler(({ input, signal }) =>
      watched(scaleDesks.at(input.bayId), signal),
    ),
    beginCheck: station.metrology.beginCheck.handler(({ input, errors }) => {
      const scaleDesk = scaleDesks.at(input.bayId ?? null)
      if (scaleDesk === null) throw errors.NO_SCALE()
      const outcome = scaleDesk.begin(input.nominalMg)
      if (outcome === 'not-a-check-weight') throw errors.NOT_A_CHECK_WEIGHT()
      if (typeof outcome === 'string') throw errors.NOT_NOW({ data: { hindrance: outcome } })
      return outcome
    }),
    finishCheck: station.metrology.finishCheck.handler(({ input, context, errors }) => {
      const actor = actorOf(context)
      const outcome = reading(
        () => scaleDesks.of(input.checkId)?.finish(input.checkId, actor) ?? 'not-under-way',
        errors.BOOK_UNAVAILABLE,
      )
      if (outcome === 'not-under-way') throw errors.NOT_UNDER_WAY()
      if (typeof outcome === 'string') throw errors.NOT_YET({ data: { because: outcome } })
      return outcome
    }),
    cancelCheck: station.metrology.cancelCheck.handler(({ input }) => {
      scaleDesks.of(input.checkId)?.cancel(input.checkId)
      return {}
    }),
    release: station.metrology.release.handler(async ({ input, context, errors }) => {
      const { approval, ...decision } = input
      const approver = await approvedBy(context.connection, 'manager', approval)
      const actor = actorOf(context)
      const outcome = reading(
        () =>
          scaleDesks.of(decision.checkId)?.release({ ...decision, approvedBy: approver }, actor) ??
          'not-to-release',
        errors.BOOK_UNAVAILABLE,
      )
      if (outcome === 'not-to-release') throw errors.NOT_TO_RELEASE()
      return {}
    }),
  })

/** A station without a scale says so once. */
async function* watched(desk: ScaleDesk | null, signal: AbortSignal | undefined) {
  if (desk === null) yield null
  else yield* desk.view.watch(signal)
}
