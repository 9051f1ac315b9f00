import { Alert, Button, Card, Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuoteCaseInput, QuotedCase } from '../../../shared/contract/quote-case.ts'
import { isDate } from '../../../shared/domain/calendar.ts'
import { FULL_PRICE_PACK_ID } from '../../../shared/domain/policy/engine.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { yuanText } from '../../ui/format.ts'
import { YuanInput } from '../../ui/yuan-input.tsx'
import { fenOfText } from '../../ui/yuan.ts'
import { KNOWN_CATEGORIES, useCategoryWord } from '../members/categories.ts'
import { Field } from '../shell/field.tsx'

interface QuotePanelProps {
  readonly language: Language
  readonly today: string
  readonly canteenArea: string
  /** Null before it was asked for. */
  readonly quoted: QuotedCase | null
  readonly running: boolean
  readonly onMeal: (meal: QuoteCaseInput) => void
}

interface CaseDraft {
  readonly bornOn: string
  readonly categories: readonly string[]
  readonly household: string
  readonly residence: string
  readonly date: string
  readonly mealPeriod: 'breakfast' | 'lunch' | 'dinner'
  readonly food: string
  readonly dishTags: readonly string[]
}

/** One meal under the draft, with each step in words. */
export function QuotePanel(props: QuotePanelProps) {
  const { language, today, canteenArea, quoted, running, onMeal } = props
  const { t } = useTranslation()
  const [draft, setDraft] = useState<CaseDraft>({
    bornOn: '1950-05-01',
    categories: [],
    household: canteenArea,
    residence: canteenArea,
    date: today,
    mealPeriod: 'lunch',
    food: '12.00',
    dishTags: [],
  })
  const meal = mealOf(draft, canteenArea)
  return (
    <>
      <CaseForm draft={draft} change={(change) => setDraft({ ...draft, ...change })} />
      <Button
        size="large"
        type="primary"
        className="policy-ask"
        data-action="quote"
        disabled={meal === null}
        loading={running}
        onClick={() => {
          if (meal !== null) onMeal(meal)
        }}
      >
        {t('policy.quote.start')}
      </Button>
      {quoted !== null && <Quoted quoted={quoted} language={language} />}
    </>
  )
}

/** Null while a date or the amount is none. */
function mealOf(draft: CaseDraft, canteen: string): QuoteCaseInput | null {
  const { bornOn, categories, household, residence, date, mealPeriod, dishTags } = draft
  const foodFen = fenOfText(draft.food)
  if (foodFen === null || !isDate(bornOn) || !isDate(date)) return null
  const member = { bornOn, household, residence, categories: [...categories] }
  return { member, date, canteen, mealPeriod, foodFen, dishTags: [...dishTags] }
}

const MEALS = ['breakfast', 'lunch', 'dinner'] as const
const DATES = ['bornOn', 'date'] as const
const AREAS = ['household', 'residence'] as const

interface CaseFormProps {
  readonly draft: CaseDraft
  readonly change: (change: Partial<CaseDraft>) => void
}

function CaseForm({ draft, change }: CaseFormProps) {
  const { t } = useTranslation()
  const word = useCategoryWord()
  return (
    <div className="policy-case">
      {DATES.map((name) => (
        <Field
          key={name}
          label={t(`policy.quote.${name}`)}
          problem={isDate(draft[name]) ? null : t('policy.quote.noDate')}
        >
          <Input
            size="large"
            maxLength={10}
            value={draft[name]}
            onChange={(event) => change({ [name]: event.target.value })}
          />
        </Field>
      ))}
      <Field label={t('policy.quote.food')}>
        <YuanInput
          text={draft.food}
          onText={(food) => change({ food })}
          label={t('policy.quote.food')}
          strict
        />
      </Field>
      <Field label={t('policy.quote.mealPeriod')}>
        <Segmented
          size="large"
          value={draft.mealPeriod}
          onChange={(mealPeriod) => change({ mealPeriod })}
          options={MEALS.map((value) => ({ value, label: t(`reports.period.${value}`) }))}
        />
      </Field>
      {AREAS.map((name) => (
        <Field key={name} label={t(`members.${name}Area`)}>
          <Input
            size="large"
            maxLength={60}
            value={draft[name]}
            onChange={(event) => change({ [name]: event.target.value })}
          />
        </Field>
      ))}
      <Field label={t('members.form.categories')}>
        <Select
          size="large"
          mode="tags"
          value={[...draft.categories]}
          options={KNOWN_CATEGORIES.map((value) => ({ value, label: word(value) }))}
          onChange={(categories: string[]) => change({ categories })}
        />
      </Field>
      <Field label={t('policy.quote.dishTags')}>
        <Select
          size="large"
          mode="tags"
          value={[...draft.dishTags]}
          onChange={(dishTags: string[]) => change({ dishTags })}
        />
      </Field>
    </div>
  )
}

function Quoted({ quoted, language }: { readonly quoted: QuotedCase; readonly language: Language }) {
  const { t } = useTranslation()
  return (
    <Card size="small" className="policy-quoted" data-quoted={quoted.selfPayFen}>
      {quoted.packId === FULL_PRICE_PACK_ID && (
        <Alert type="warning" showIcon title={t('policy.quote.notInForce')} />
      )}
      <ol className="policy-steps">
        {quoted.steps.map(({ kind, words, audit, changeFen, afterFen }) => (
          <li key={`${kind}/${words.en}`} data-step={kind}>
            <span>
              {inWords(words, language)}
              <small className="policy-audit">{inWords(audit, language)}</small>
            </span>
            <span className="amount-cell">{changeFen === 0 ? '' : yuanText(changeFen)}</span>
            <strong className="amount-cell">{yuanText(afterFen)}</strong>
          </li>
        ))}
      </ol>
      {quoted.providerFen > 0 && (
        <p className="policy-hint">{t('policy.quote.provider', { amount: yuanText(quoted.providerFen) })}</p>
      )}
      {quoted.providerPayments.map((words) => (
        <p key={words.en} className="policy-audit">
          {inWords(words, language)}
        </p>
      ))}
    </Card>
  )
}
