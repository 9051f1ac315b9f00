import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { isMonth } from '../domain/calendar.ts'
import type { Words } from '../domain/menu.ts'
import type { ComparedFunder, ReplayTotals } from '../domain/policy/replay-sums.ts'
import { quoteCase, type QuotedCase } from './quote-case.ts'
import { staffErrors } from './refusals.ts'

export interface ReplayedFunder extends ComparedFunder {
  readonly name: Words
}

/** A past month of the book under a draft pack (SPEC PO-12). */
export interface PolicyReplay extends Omit<ReplayTotals, 'funders' | 'providerPayments'> {
  /** YYYY-MM. */
  readonly month: string
  readonly draft: { readonly id: string; readonly version: number; readonly title: Words }
  readonly funders: readonly ReplayedFunder[]
  readonly providerPayments: readonly ReplayedFunder[]
}

/** A pack that a draft can begin with: one of this book, or one that comes with the product. */
export interface KnownPack {
  readonly id: string
  readonly version: number
  readonly title: Words
  /** The one that this canteen is configured for. */
  readonly own: boolean
  /** As a file would hold it. */
  readonly text: string
}

/** A replay with the names of the members it tells of; somebody who was erased has none. */
export interface NamedReplay extends PolicyReplay {
  readonly names: Readonly<Record<string, string>>
}

const LONGEST_PACK = 1_000_000

/** The text of a pack; what is wrong with it is told by its place, not by the schema of the request. */
const packText = z.string().min(1).max(LONGEST_PACK)

const packErrors = {
  ...staffErrors,
  /** Not JSON, or no pack: each mistake with its path. */
  PACK_REFUSED: {
    status: 422,
    data: z.object({ problems: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
} as const

export const policyContract = {
  packs: oc
    .output(type<{ readonly canteenArea: string; readonly packs: readonly KnownPack[] }>())
    .errors(staffErrors),
  /** What the case costs under this pack, step by step: what `canteen quote` answers. */
  quote: oc
    .input(z.strictObject({ packText, meal: quoteCase }))
    .output(type<QuotedCase>())
    .errors(packErrors),
  /** A past month of the book under this pack. Takes seconds, in a thread of its own; one at a time. */
  replay: oc
    .input(z.strictObject({ packText, month: z.string().refine(isMonth, 'a month such as 2026-10') }))
    .output(type<NamedReplay>())
    .errors({ ...packErrors, ALREADY_RUNNING: { status: 409 } }),
}
