import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { DishPricing, MealPeriod, Words } from '../domain/menu.ts'
import type { Served } from '../domain/menu-plan.ts'
import { fen, fenPer100g, fenPer500g, fenPer50g, fenPerKg } from '../domain/units.ts'
import { businessDate, mealPeriod, plainText, staffErrors } from './refusals.ts'

/** A dish of the library with the price that holds now and the one that is announced. */
export interface LibraryDish {
  readonly dishId: string
  readonly name: Words
  readonly emoji: string
  readonly tags: readonly string[]
  readonly retired: boolean
  /** Null until a first price is set: such a dish is on no menu. */
  readonly pricing: DishPricing | null
  readonly priceVersion: number
  readonly nextPrice: { readonly pricing: DishPricing; readonly fromMs: number } | null
}

/** What is served in one meal period of one day. */
export interface MenuPlan {
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
  readonly dishIds: readonly string[]
  /** Who says so: this day's plan, an earlier day's, the published menu, or nobody. */
  readonly source: Served['source']
  readonly carriedFrom: string | null
  readonly soldOut: readonly string[]
}

const dishId = plainText.min(1).max(64)
const words = z.strictObject({ zh: plainText.trim().min(1).max(40), en: plainText.trim().max(80) })
const amountFen = z.int().min(0).max(100_000_00)
const price = z.discriminatedUnion('per', [
  z.strictObject({ per: z.literal('50g'), fen: amountFen.transform(fenPer50g) }),
  z.strictObject({ per: z.literal('100g'), fen: amountFen.transform(fenPer100g) }),
  z.strictObject({ per: z.literal('500g'), fen: amountFen.transform(fenPer500g) }),
  z.strictObject({ per: z.literal('kg'), fen: amountFen.transform(fenPerKg) }),
])
const pricing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('weight'), price }),
  z.strictObject({ kind: z.literal('portion'), priceFen: amountFen.transform(fen) }),
  z.strictObject({
    kind: z.literal('set-meal'),
    priceFen: amountFen.transform(fen),
    parts: z.array(words).max(12),
  }),
])
const noSuchDish = { NO_SUCH_DISH: { status: 404, data: z.object({ dishId: z.string() }) } } as const
const mealOfDay = { businessDate, mealPeriod }

export const menusContract = {
  library: oc.output(type<readonly LibraryDish[]>()).errors(staffErrors),
  /** A new dish when `dishId` is null. Answers its id. */
  saveDish: oc
    .input(
      z.strictObject({
        dishId: dishId.nullable(),
        name: words,
        emoji: plainText.min(1).max(8),
        tags: z.array(plainText.min(1).max(40)).max(20),
        retired: z.boolean(),
      }),
    )
    .output(z.object({ dishId }))
    .errors({ ...staffErrors, ...noSuchDish }),
  /** From `effectiveFromMs` on, or from now. A plate that has landed keeps the price it was shown (SPEC PR-5). */
  setPrice: oc
    .input(z.strictObject({ dishId, pricing, effectiveFromMs: z.int().nullable() }))
    .output(z.object({ priceVersion: z.int() }))
    .errors({ ...staffErrors, ...noSuchDish, IN_THE_PAST: { status: 422 } }),
  plan: oc.input(z.strictObject(mealOfDay)).output(type<MenuPlan>()).errors(staffErrors),
  setPlan: oc
    .input(z.strictObject({ ...mealOfDay, dishIds: z.array(dishId).max(60) }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...noSuchDish }),
  /** All meals of `from` are served on `to` as well. Answers how many meals were copied. */
  copyDay: oc
    .input(z.strictObject({ from: businessDate, to: businessDate }))
    .output(z.object({ meals: z.int() }))
    .errors({ ...staffErrors, NOTHING_TO_COPY: { status: 404 } }),
  setSoldOut: oc
    .input(z.strictObject({ ...mealOfDay, dishId, soldOut: z.boolean() }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...noSuchDish }),
}
