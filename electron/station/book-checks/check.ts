import type { Database } from 'better-sqlite3'
import type { BookCheckId, CheckFinding } from '../../../shared/domain/book-checks.ts'
import type { Words } from '../../../shared/domain/menu.ts'
import type { VerifyReport } from '../book/verifier.ts'
import type { MealPlace } from '../policy/past-month.ts'

/** What a check may look at: a book at rest, what its replay found, and what stands beside it. */
export interface Checked {
  readonly db: Database
  readonly report: VerifyReport
  readonly place: MealPlace
  /** For each origin, up to which entry the server said that it holds it; null where nothing syncs. */
  readonly acknowledged: Readonly<Record<string, number>> | null
}

/** One question to the book. It reads, says what it found, and mends nothing. */
export interface Check {
  readonly id: BookCheckId
  readonly find: (book: Checked) => Iterable<CheckFinding>
}

/** A check that is a query: it gives a row for each place where two numbers differ that should not. */
export const byQuery = (id: BookCheckId, ...queries: readonly string[]): Check => ({
  id,
  *find({ db }) {
    for (const sql of queries) {
      const rows = db.prepare<[], Omit<CheckFinding, 'detail'>>(sql)
      for (const { where, expected, found } of rows.all()) yield { where, expected, found, detail: null }
    }
  },
})

/**
 * Two sums with a `name` and a `value` each, side by side, where they differ; what only one of them has counts as zero. The
 * label, if there is one, stands before the name.
 */
export const differing = (label: string, should: string, does: string): string =>
  `SELECT '${label}' || coalesce(should.name, does.name) AS "where", coalesce(should.value, 0) AS expected,
     coalesce(does.value, 0) AS found
   FROM (${should}) AS should FULL JOIN (${does}) AS does ON does.name = should.name
   WHERE coalesce(should.value, 0) <> coalesce(does.value, 0)`

/** A finding without two numbers; a text is what support reads, whatever the language. */
export const said = (where: string, detail: Words | string): CheckFinding => ({
  where,
  expected: null,
  found: null,
  detail: typeof detail === 'string' ? { zh: detail, en: detail } : detail,
})
