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

/** A version of a pack that this book holds. */
export interface HeldVersion {
  readonly id: string
  readonly version: number
  readonly title: Words
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly publishedOn: string
  /** The public key it was signed with; null for a pack that came with the program. */
  readonly signedBy: string | null
  /** `not-trusted`: its signature is not good, or its key is trusted no more; nothing is sold under it. */
  readonly standing: 'in-force' | 'not-in-force' | 'not-trusted'
}

/** Why a signed pack did not come into force, beside mistakes in it (SPEC PO-13). */
export const PACK_NOT_TAKEN = ['not-signed', 'unknown-key', 'altered', 'version-not-newer'] as const
export type PackNotTaken = (typeof PACK_NOT_TAKEN)[number]

/** How many sales of the month have been replayed; a total of 0 while they are being counted. */
export interface ReplayStanding {
  readonly done: number
  readonly total: number
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
    .output(
      type<{
        readonly canteenArea: string
        readonly packs: readonly KnownPack[]
        readonly held: readonly HeldVersion[]
      }>(),
    )
    .errors(staffErrors),
  /**
   * Takes a signed pack into the book; it holds from a business day on. One that is not taken changes nothing, and the
   * audit notes that it was tried.
   */
  publish: oc
    .input(z.strictObject({ packText }))
    .output(
      type<{
        readonly id: string
        readonly version: number
        readonly holdsFrom: string
        /** False: this canteen is configured for another pack, and sells under that one. */
        readonly own: boolean
      }>(),
    )
    .errors({
      ...packErrors,
      PACK_NOT_TAKEN: { status: 409, data: z.object({ why: z.enum(PACK_NOT_TAKEN) }) },
    }),
  /** What the case costs under this pack, step by step: what `canteen quote` answers. */
  quote: oc
    .input(z.strictObject({ packText, meal: quoteCase }))
    .output(type<QuotedCase>())
    .errors(packErrors),
  /** How far the replay that runs is; null while none does. */
  replayStanding: oc.output(type<ReplayStanding | null>()).errors(staffErrors),
  /** A past month of the book under this pack. Takes seconds, in a thread of its own; one at a time. */
  replay: oc
    .input(z.strictObject({ packText, month: z.string().refine(isMonth, 'a month such as 2026-10') }))
    .output(type<NamedReplay>())
    .errors({ ...packErrors, ALREADY_RUNNING: { status: 409 } }),
}
