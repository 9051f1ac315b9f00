import { z } from 'zod'
import type { Menu } from '../domain/menu.ts'
import type { MemberFacts } from '../domain/member.ts'
import { fen, fenPer100g, fenPer500g, fenPer50g, fenPerKg, milligrams } from '../domain/units.ts'

const id = z.string().regex(/^[a-z0-9-]{1,40}$/, 'lower-case letters, digits and -')
const words = z.strictObject({ zh: z.string().min(1).max(40), en: z.string().min(1).max(80) })
const amountFen = z.int().min(0).max(100_000_00)

const price = z.discriminatedUnion('per', [
  z.strictObject({ per: z.literal('50g'), fen: amountFen.transform(fenPer50g) }),
  z.strictObject({ per: z.literal('100g'), fen: amountFen.transform(fenPer100g) }),
  z.strictObject({ per: z.literal('500g'), fen: amountFen.transform(fenPer500g) }),
  z.strictObject({ per: z.literal('kg'), fen: amountFen.transform(fenPerKg) }),
])

const dish = z.strictObject({
  id,
  name: words,
  pricing: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('weight'), price }),
    z.strictObject({ kind: z.literal('portion'), priceFen: amountFen.transform(fen) }),
    z.strictObject({
      kind: z.literal('set-meal'),
      priceFen: amountFen.transform(fen),
      parts: z.array(words).max(12),
    }),
  ]),
  tags: z.array(z.string().min(1).max(40)).max(20),
  priceVersion: z.int().min(1),
  emoji: z.string().min(1).max(4),
})

const plate = z.strictObject({
  id,
  name: words,
  tareMg: z.int().min(0).max(5_000_000).transform(milligrams),
})

const menu = z
  .strictObject({
    id,
    version: z.int().min(1),
    weighing: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('dish-keys') }),
      z.strictObject({ kind: z.literal('fixed-dish'), dishId: id }),
      z.strictObject({ kind: z.literal('uniform'), name: words, price, priceVersion: z.int().min(1) }),
    ]),
    dishes: z.array(dish).max(60),
    plates: z.array(plate).min(1).max(12),
    defaultPlateId: id,
  })
  .refine((each) => each.plates.some(({ id: plateId }) => plateId === each.defaultPlateId), {
    path: ['defaultPlateId'],
    message: 'names no plate of this menu',
  })
  .refine(
    ({ weighing, dishes }) =>
      weighing.kind !== 'fixed-dish' ||
      dishes.some((each) => each.id === weighing.dishId && each.pricing.kind === 'weight'),
    { path: ['weighing', 'dishId'], message: 'names no dish sold by weight' },
  )

const member = z.strictObject({
  memberId: id,
  fullName: z.string().min(1).max(40),
  formOfAddress: z.string().min(1).max(20),
  bornOn: z.iso.date(),
  phone: z.string().max(20).optional(),
  categories: z.array(z.string().min(1).max(40)).max(30),
  householdArea: z.string().max(60),
  residenceArea: z.string().max(60),
  cardUid: z.string().regex(/^[0-9A-F]{10}$/, 'ten hexadecimal digits, capitals'),
  openingFen: amountFen,
})

const seedFile = z
  .strictObject({ menu, members: z.array(member).max(50_000) })
  .refine(({ members }) => new Set(members.map((each) => each.memberId)).size === members.length, {
    path: ['members'],
    message: 'a memberId stands there twice',
  })
  .refine(({ members }) => new Set(members.map((each) => each.cardUid)).size === members.length, {
    path: ['members'],
    message: 'a cardUid stands there twice',
  })

/** A canteen's first menu and members, as `canteen seed --from` takes them. */
export interface SeedFile {
  readonly menu: Menu
  readonly members: readonly {
    readonly memberId: string
    readonly person: { readonly fullName: string; readonly formOfAddress: string; readonly phone?: string }
    readonly facts: Omit<MemberFacts, 'memberId'>
    readonly cardUid: string
    readonly openingFen: number
  }[]
}

export type SeedFileOutcome =
  | { readonly kind: 'file'; readonly file: SeedFile }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** Reads a seed file's text; every mistake is named with its place, and then nothing of it is used. */
export function parseSeedFile(text: string): SeedFileOutcome {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return {
      kind: 'refused',
      problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`],
    }
  }
  const parsed = seedFile.safeParse(json)
  if (!parsed.success)
    return {
      kind: 'refused',
      problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`),
    }
  return { kind: 'file', file: { menu: parsed.data.menu, members: parsed.data.members.map(memberOf) } }
}

function memberOf(entry: z.infer<typeof member>): SeedFile['members'][number] {
  const { memberId, fullName, formOfAddress, phone, cardUid, openingFen, ...facts } = entry
  const person = { fullName, formOfAddress, ...(phone === undefined ? {} : { phone }) }
  return { memberId, person, facts, cardUid, openingFen }
}
