import type { PersonForm } from '../../../shared/contract/members.ts'
import { addDays } from '../../../shared/domain/calendar.ts'
import { birthdayOf } from '../../../shared/domain/id-number.ts'
import { OLDEST_DAYS } from '../../../shared/domain/members/import-rows.ts'
import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import { formOfAddressOf } from '../../../shared/domain/surname.ts'
import {
  datedCategory,
  writtenCategory,
  type RegisteredCategory,
} from '../../../shared/domain/members/dated-categories.ts'
import type { CategoryProof } from '../book/persons.ts'
import type { Append, BookFile, Person } from '../book/book.ts'
import { registered, registeredCategories } from './people.ts'

export type BornOn = { readonly bornOn: string } | { readonly fault: 'missing' | 'differs' | 'impossible' }

/** The birthday by the identity number, or the one that was given; both must say the same (SPEC ME-4). */
export function bornOnOf({ idNumber, bornOn }: PersonForm, today: string): BornOn {
  const ofNumber = idNumber === null ? null : birthdayOf(idNumber)
  if (ofNumber !== null && bornOn !== null && ofNumber !== bornOn) return { fault: 'differs' }
  const date = ofNumber ?? bornOn
  if (date === null) return { fault: 'missing' }
  return date > today || date < addDays(today, -OLDEST_DAYS) ? { fault: 'impossible' } : { bornOn: date }
}

/**
 * Writes the person and her facts, inside the caller's transaction; nothing when both stand there already, so the same
 * request twice is one entry.
 */
export function registerInside(
  file: BookFile,
  append: Append,
  member: {
    readonly memberId: string
    readonly form: PersonForm
    readonly bornOn: string
    /** The business date on which staff looked at the proofs. */
    readonly today: string
  },
  actor: string,
): void {
  const { memberId, form, bornOn, today } = member
  const before = registered(file, memberId)
  const proofs = proofsOf(form, before?.person.proofs ?? [], { checkedBy: actor, checkedOn: today })
  // No form speaks of her payers: they stay as they are.
  const { payers = [] } = before?.person ?? {}
  const person = {
    ...personOf(form, bornOn),
    ...(proofs.length === 0 ? {} : { proofs }),
    ...(payers.length === 0 ? {} : { payers }),
  }
  const { householdArea, residenceArea } = form
  const categories = categoriesOf(form, before === null ? [] : registeredCategories(before.row))
  const body = { memberId, categories, householdArea, residenceArea }
  if (before !== null && canonicalJson(before.person) === canonicalJson(person)) {
    const { household_area, residence_area } = before.row
    const stood = [before.row.categories, household_area, residence_area]
    if (
      canonicalJson(stood) === canonicalJson([canonicalJson(body.categories), householdArea, residenceArea])
    )
      return
  } else {
    file.persons.put(memberId, person)
  }
  append({ kind: 'member.registered', body }, actor)
}

/** The categories of a form with their times; where it says none, those of the book stay. */
function categoriesOf(
  { categories, categoryTimes }: PersonForm,
  before: readonly RegisteredCategory[],
): readonly RegisteredCategory[] {
  const times = categoryTimes ?? before.map(datedCategory)
  return [...new Set(categories)].flatMap((category) => {
    const own = times.filter((time) => time.category === category)
    if (own.length === 0) return [category]
    return own.map(({ from, until }) => writtenCategory({ category, from, until }))
  })
}

/** One proof for each category. One that says what the book says keeps who looked at it and when. */
function proofsOf(
  { categories, categoryTimes }: PersonForm,
  before: readonly CategoryProof[],
  checked: Pick<CategoryProof, 'checkedBy' | 'checkedOn'>,
): readonly CategoryProof[] {
  const kept = before.filter(({ category }) => categories.includes(category))
  if (categoryTimes === undefined) return kept
  return [...new Set(categories)].flatMap((category) => {
    const said = categoryTimes.find((time) => time.category === category && time.proof !== null)?.proof
    if (said === undefined || said === null) return []
    const known = kept.find((proof) => proof.category === category)
    const number = said.number === null || said.number === '' ? known?.number : said.number
    const same = known?.kind === said.kind && known.number === number
    const by = same ? { checkedBy: known.checkedBy, checkedOn: known.checkedOn } : checked
    return [{ category, kind: said.kind, ...(number === undefined ? {} : { number }), ...by }]
  })
}

/** What is kept of a form; a form of address that was left empty is made from the name. */
export function personOf(form: PersonForm, bornOn: string): Person {
  const { fullName, idNumber, phone, emergencyContact = '', allergens = [], diets = [] } = form
  return {
    fullName,
    formOfAddress: form.formOfAddress === '' ? formOfAddressOf(fullName, idNumber) : form.formOfAddress,
    bornOn,
    ...(idNumber === null ? {} : { idNumber }),
    ...(phone === null || phone === '' ? {} : { phone }),
    ...(emergencyContact === '' ? {} : { emergencyContact }),
    ...(allergens.length === 0 ? {} : { allergens }),
    ...(diets.length === 0 ? {} : { diets }),
  }
}
