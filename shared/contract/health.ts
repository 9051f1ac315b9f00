import { eventIterator, oc, type } from '@orpc/contract'
import type { CheckResult } from '../domain/book-checks.ts'
import type { HealthCode } from '../domain/health-codes.ts'
import { bookErrors, staffErrors } from './refusals.ts'

export type HealthLight = 'good' | 'attention' | 'bad'

/** One line of the health page: how it is, and what to do. `code` names its words in HEALTH_CODES, `values` fill them in. */
export interface HealthItem {
  readonly subject:
    | 'scale'
    | 'reader'
    | 'cards'
    | 'bays'
    | 'printer'
    | 'disk'
    | 'backup'
    | 'sync'
    | 'clock'
    | 'book'
    | 'calendar'
    | 'day'
  readonly light: HealthLight
  readonly code: HealthCode
  readonly values: Readonly<Record<string, string | number>>
}

export interface HealthPage {
  readonly atMs: number
  /** The worst of all lines. */
  readonly light: HealthLight
  readonly items: readonly HealthItem[]
  readonly version: string
  readonly stationId: string
}

/** What the last look at the whole book found; `atMs` is null before the first one. */
export interface BookChecks {
  readonly atMs: number | null
  readonly entries: number
  readonly checks: readonly CheckResult[]
}

export const healthContract = {
  checks: oc.output(type<BookChecks>()).errors(staffErrors),
  watch: oc.output(eventIterator(type<HealthPage>())).errors(bookErrors),
}
