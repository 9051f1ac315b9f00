import type { BookChecks } from '../../../shared/contract/health.ts'
import type { Backups } from '../backup/backups.ts'
import { station } from '../implementer.ts'
import type { HealthWatch } from './health.ts'

interface HealthRouterDeps {
  readonly healthWatch: HealthWatch
  readonly backups: Pick<Backups, 'lastAudit'>
}

/** Answers how everything is, and what the last night's checks of the book found. */
export const healthRouter = ({ healthWatch, backups }: HealthRouterDeps) =>
  station.health.router({
    watch: station.health.watch.handler(({ signal }) => healthWatch.page.watch(signal)),
    checks: station.health.checks.handler((): BookChecks => {
      const audit = backups.lastAudit()
      if (audit === null || audit.checks.length === 0) return { atMs: null, entries: 0, checks: [] }
      const { atMs, entries, checks } = audit
      return { atMs, entries, checks }
    }),
  })
