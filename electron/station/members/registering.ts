import type { PersonForm } from '../../../shared/contract/members.ts'
import { addDays } from '../../../shared/domain/calendar.ts'
import { birthdayOf } from '../../../shared/domain/id-number.ts'
import { OLDEST_DAYS } from '../../../shared/domain/members/import-rows.ts'
import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import { formOfAddressOf } from '../../../shared/domain/surname.ts'
import type { Append, BookFile, Person } from '../book/book.ts'
import { registered } from './people.ts'

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
  member: { readonly memberId: string; readonly form: PersonForm; readonly bornOn: string },
  actor: string,
): void {
  const { memberId, form, bornOn } = member
  const person = personOf(form, bornOn)
  const { householdArea, residenceArea } = form
  const body = { memberId, categories: [...new Set(form.categories)], householdArea, residenceArea }
  const before = registered(file, memberId)
  if (before !== null && canonicalJson(before.person) === canonicalJson(person)) {
    const { categories, household_area, residence_area } = before.row
    const stood = [categories, household_area, residence_area]
    if (
      canonicalJson(stood) === canonicalJson([canonicalJson(body.categories), householdArea, residenceArea])
    )
      return
  } else {
    file.persons.put(memberId, person)
  }
  append({ kind: 'member.registered', body }, actor)
}

/** What is kept of a form; a form of address that was left empty is made from the name. */
export function personOf(form: PersonForm, bornOn: string): Person {
  const { fullName, idNumber, phone, emergencyContact = '' } = form
  return {
    fullName,
    formOfAddress: form.formOfAddress === '' ? formOfAddressOf(fullName, idNumber) : form.formOfAddress,
    bornOn,
    ...(idNumber === null ? {} : { idNumber }),
    ...(phone === null || phone === '' ? {} : { phone }),
    ...(emergencyContact === '' ? {} : { emergencyContact }),
  }
}
