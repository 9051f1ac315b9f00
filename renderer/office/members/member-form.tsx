import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail } from '../../../shared/contract/members.ts'
import {
  ALLERGEN_CODES,
  ALLERGENS,
  DIET_CODES,
  DIETS,
  type Allergen,
  type Diet,
} from '../../../shared/domain/diet.ts'
import { inWords, isLanguage } from '../../i18n/language.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { goTo, officeHash, useLeaving, useUnsaved } from '../../stores/place.ts'
import { useStation } from '../../stores/station.ts'
import { Field } from '../shell/field.tsx'
import { FocusedInput } from '../shell/focused-input.tsx'
import { dataOf, useProblemWords } from '../shell/problem-words.ts'
import { useNotice } from '../shell/use-notice.tsx'
import { KNOWN_CATEGORIES, useCategoryWord } from './categories.ts'
import { CategoryTimes } from './category-times.tsx'
import { IdCardButton } from './id-card-button.tsx'
import { IdNumberField } from './id-number-field.tsx'
import {
  ageOfDraft,
  bornOnOf,
  draftOfIdCard,
  draftOfMember,
  faultsOf,
  idNumberState,
  NEW_MEMBER,
  personOf,
  type FieldName,
  type MemberDraft,
} from './member-draft.ts'
import { memberHash } from './member-hash.ts'

/** Registers a senior, or changes what is known of her. */
export function MemberForm({ member }: { readonly member: MemberDetail | null }) {
  const { t } = useTranslation()
  const today = useStation(({ view }) => view?.businessDate ?? '')
  const [start] = useState(() => (member === null ? NEW_MEMBER : draftOfMember(member)))
  const [draft, setDraft] = useState<MemberDraft>(start)
  const [tried, setTried] = useState(false)
  const { save, saving, problem, holder } = useSaveMember(member)
  useUnsaved(draft !== start && !saving)
  const change = (part: Partial<MemberDraft>) => setDraft((before) => ({ ...before, ...part }))
  const faults = faultsOf(draft, today)
  const submit = () => {
    setTried(true)
    if (faults.size === 0) save(draft)
  }
  return (
    <form
      className="member-form"
      data-form={member === null ? 'register' : 'change'}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="member-form-head">
        <h2>{t(member === null ? 'members.form.new' : 'members.form.edit')}</h2>
        {member === null && <IdCardButton today={today} onCard={(card) => change(draftOfIdCard(card))} />}
      </div>
      <FormFields draft={draft} change={change} member={member} today={today} tried={tried} />
      <div className="dialog-foot">
        <span className="dialog-problem" role="alert">
          {problem}{' '}
          {holder !== null && (
            <Button
              onClick={() => {
                useLeaving.setState({ unsaved: false })
                goTo(memberHash(holder))
              }}
            >
              {t('members.form.showHolder')}
            </Button>
          )}
        </span>
        <Button
          size="large"
          onClick={() => goTo(member === null ? officeHash('members') : memberHash(member.memberId))}
        >
          {t('members.form.cancel')}
        </Button>
        <Button type="primary" size="large" htmlType="submit" loading={saving} data-action="save">
          {t(member === null ? 'members.form.register' : 'members.form.save')}
        </Button>
      </div>
    </form>
  )
}

interface PartProps {
  readonly draft: MemberDraft
  readonly change: (part: Partial<MemberDraft>) => void
}

interface FormFieldsProps extends PartProps {
  readonly member: MemberDetail | null
  readonly today: string
  readonly tried: boolean
}

function FormFields({ draft, change, member, today, tried }: FormFieldsProps) {
  const { t } = useTranslation()
  const faults = faultsOf(draft, today)
  const wordsOf = (field: FieldName): string | null =>
    tried && faults.has(field) ? t(`members.form.wrong.${field}`) : null
  const keptPhone = member?.phoneMasked ?? null
  return (
    <div className="member-form-fields">
      <Field label={t('members.form.fullName')} problem={wordsOf('fullName')}>
        <FocusedInput
          size="large"
          maxLength={40}
          value={draft.fullName}
          aria-label={t('members.form.fullName')}
          onChange={(event) => change({ fullName: event.target.value })}
        />
      </Field>
      <Field label={t('members.form.formOfAddress')} hint={t('members.form.formOfAddressHint')}>
        <Input
          size="large"
          maxLength={20}
          value={draft.formOfAddress}
          aria-label={t('members.form.formOfAddress')}
          onChange={(event) => change({ formOfAddress: event.target.value })}
        />
      </Field>
      <IdNumberField
        idNumber={draft.idNumber}
        kept={member?.idNumberMasked ?? null}
        tried={tried}
        onIdNumber={(idNumber) => change({ idNumber })}
      />
      <BirthdayFields
        draft={draft}
        member={member}
        today={today}
        problem={wordsOf('bornOn')}
        change={change}
      />
      <Field
        label={t('members.form.phone')}
        problem={wordsOf('phone')}
        hint={keptPhone === null ? undefined : t('members.form.kept', { value: keptPhone })}
      >
        <Input
          size="large"
          inputMode="tel"
          maxLength={20}
          value={draft.phone}
          aria-label={t('members.form.phone')}
          onChange={(event) => change({ phone: event.target.value })}
        />
      </Field>
      <Field label={t('members.emergencyContact')} hint={t('members.form.emergencyHint')}>
        <Input
          size="large"
          maxLength={60}
          value={draft.emergencyContact}
          aria-label={t('members.emergencyContact')}
          onChange={(event) => change({ emergencyContact: event.target.value })}
        />
      </Field>
      <Categories draft={draft} change={change} />
      <Eating draft={draft} change={change} />
      <CategoryTimes draft={draft} change={change} tried={tried} />
      <Areas draft={draft} change={change} />
    </div>
  )
}

interface BirthdayFieldsProps extends PartProps {
  readonly member: MemberDetail | null
  readonly today: string
  readonly problem: string | null
}

/** The birthday, by the number where there is one; and the age that follows. */
function BirthdayFields({ draft, member, today, problem, change }: BirthdayFieldsProps) {
  const { t } = useTranslation()
  const byNumber = idNumberState(draft.idNumber).kind === 'right' || (member?.idNumberMasked ?? null) !== null
  const age = ageOfDraft(draft, today)
  return (
    <Field
      label={t('members.form.bornOn')}
      problem={problem}
      hint={age === null ? t('members.form.bornOnHint') : t('members.form.age', { count: age })}
    >
      <Input
        size="large"
        disabled={byNumber}
        value={byNumber ? (bornOnOf(draft) ?? '') : draft.bornOn}
        placeholder="1948-05-20"
        maxLength={10}
        aria-label={t('members.form.bornOn')}
        onChange={(event) => change({ bornOn: event.target.value })}
      />
    </Field>
  )
}

function Categories({ draft, change }: PartProps) {
  const { t } = useTranslation()
  const word = useCategoryWord()
  return (
    <Field label={t('members.form.categories')}>
      <Select
        size="large"
        mode="tags"
        value={[...draft.categories]}
        options={KNOWN_CATEGORIES.map((value) => ({ value, label: word(value) }))}
        placeholder={t('members.form.categoriesHint')}
        aria-label={t('members.form.categories')}
        onChange={(categories: string[]) => change({ categories })}
      />
    </Field>
  )
}

/** What she may not and should not eat: the counter warns before it is paid. */
function Eating({ draft, change }: PartProps) {
  const { t, i18n } = useTranslation()
  const language = isLanguage(i18n.language) ? i18n.language : 'zh-CN'
  return (
    <>
      <Field label={t('members.form.allergens')}>
        <Select
          size="large"
          mode="multiple"
          value={[...draft.allergens]}
          options={ALLERGEN_CODES.map((value) => ({ value, label: inWords(ALLERGENS[value], language) }))}
          aria-label={t('members.form.allergens')}
          onChange={(allergens: Allergen[]) => change({ allergens })}
        />
      </Field>
      <Field label={t('members.form.diets')}>
        <Select
          size="large"
          mode="multiple"
          value={[...draft.diets]}
          options={DIET_CODES.map((value) => ({ value, label: inWords(DIETS[value], language) }))}
          aria-label={t('members.form.diets')}
          onChange={(diets: Diet[]) => change({ diets })}
        />
      </Field>
    </>
  )
}

function Areas({ draft, change }: PartProps) {
  const { t } = useTranslation()
  return (
    <>
      {(['householdArea', 'residenceArea'] as const).map((area) => (
        <Field key={area} label={t(`members.${area}`)}>
          <Input
            size="large"
            maxLength={60}
            value={draft[area]}
            placeholder={t('members.form.areaHint')}
            aria-label={t(`members.${area}`)}
            onChange={(event) => change({ [area]: event.target.value })}
          />
        </Field>
      ))}
    </>
  )
}

interface MemberSaver {
  readonly save: (draft: MemberDraft) => void
  readonly saving: boolean
  readonly problem: string
  /** Who has the identity number already. */
  readonly holder: string | null
}

const FORM_REFUSALS = [
  'ID_NUMBER_TAKEN',
  'BIRTHDAY_MISSING',
  'BIRTHDAY_DIFFERS',
  'BIRTHDAY_IMPOSSIBLE',
] as const

function useSaveMember(member: MemberDetail | null): MemberSaver {
  const { t } = useTranslation()
  const words = useProblemWords()
  const { done } = useNotice()
  const cache = useQueryClient()
  const [newId] = useState(() => crypto.randomUUID())
  const saving = useMutation({
    mutationFn: async (draft: MemberDraft) => {
      const person = personOf(draft)
      if (member === null) return stationNow.members.register({ memberId: newId, person })
      await stationNow.members.change({ memberId: member.memberId, person })
      return { memberId: member.memberId }
    },
    onSuccess: ({ memberId }, draft) => {
      useLeaving.setState({ unsaved: false })
      done(
        t(member === null ? 'members.form.registered' : 'members.form.saved', {
          name: draft.fullName.trim(),
        }),
      )
      void cache.invalidateQueries({ queryKey: station.members.key() })
      goTo(memberHash(memberId))
    },
  })
  const code = FORM_REFUSALS.find((each) => each === codeOf(saving.error))
  const memberId = dataOf(saving.error)['memberId']
  return {
    save: saving.mutate,
    saving: saving.isPending,
    problem:
      saving.error === null
        ? ''
        : code === undefined
          ? words(saving.error)
          : t(`members.form.refused.${code}`),
    holder: code === 'ID_NUMBER_TAKEN' && typeof memberId === 'string' ? memberId : null,
  }
}
