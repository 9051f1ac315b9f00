import { station } from '../implementer.ts'
import type { HealthWatch } from './health.ts'

/** Answers how everything is. */
export const healthRouter = ({ healthWatch }: { readonly healthWatch: HealthWatch }) =>
  station.health.router({
    watch: station.health.watch.handler(({ signal }) => healthWatch.page.watch(signal)),
  })
