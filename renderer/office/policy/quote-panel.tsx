import { Alert, Button, Card, Input, InputNumber, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuoteCaseInput, QuotedCase } from '../../../shared/contract/quote-case.ts'
import { isDate } from '../../../shared/domain/calendar.ts'
import { FULL_PRICE_PACK_ID } from '../../../shared/domain/policy/engine.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { yuanText } from '../../ui/format.ts'
import { YuanInput } from '../../ui/yuan-input.tsx'
import { KNOWN_CATEGORIES, useCategoryWord } from '../members/categories.ts'
import { Field } from '../shell/field.tsx'
import { benefitsOf, mealOf, type MealDraft } from './meal-draft.ts'

interface QuotePanelProps {
  readonly language: Language
  readonly today: string
  readonly canteenArea: string
  readonly packText: string
  /** Null before it was asked for. */
  readonly quoted: QuotedCase | null
  readonly running: boolean
  readonly onMeal: (meal: QuoteCaseInput) => void
}

/** One meal under the draft, with each step in words. */
export function QuotePanel(props: QuotePanelProps) {
  const { language, today, canteenArea, packText, quoted, running, onMeal } = props
  const { t } = useTranslation()
  const [draft, setDraft] = useState<MealDraft>({
    guest: false,
    bornOn: '1950-05-01',
    categories: [],
    household: canteenArea,
    residence: canteenArea,
    date: today,
    mealPeriod: 'lunch',
    channel: 'counter',
    food: '12.00',
    delivery: '2.00',
    dishTags: [],
    earlierMeals: 0,
    used: null,
    usedToday: 0,
    usedBefore: 0,
    usedAmount: '3.00',
  })
  const meal = mealOf(draft, canteenArea)
  return (
    <>
      <CaseForm
        draft={draft}
        change={(change) => setDraft({ ...draft, ...change })}
        benefits={benefitsOf(packText).map(({ id, title }) => ({
          value: id,
          label: inWords(title, language),
        }))}
      />
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

const MEALS = ['breakfast', 'lunch', 'dinner'] as const
const CHANNELS = ['counter', 'take-away', 'delivery'] as const
const DATES = ['bornOn', 'date'] as const
const MEAL_DATES = ['date'] as const
const USED = ['usedToday', 'usedBefore'] as const
const AREAS = ['household', 'residence'] as const

interface CaseFormProps {
  readonly draft: MealDraft
  readonly change: (change: Partial<MealDraft>) => void
  readonly benefits: readonly { readonly value: string; readonly label: string }[]
}

function CaseForm({ draft, change, benefits }: CaseFormProps) {
  const { t } = useTranslation()
  return (
    <div className="policy-case">
      <Field label={t('policy.quote.who')}>
        <Segmented
          size="large"
          value={draft.guest ? 'guest' : 'member'}
          onChange={(who) => change({ guest: who === 'guest' })}
          options={(['member', 'guest'] as const).map((value) => ({
            value,
            label: t(`policy.quote.${value}`),
          }))}
        />
      </Field>
      <Field label={t('policy.quote.channel')}>
        <Segmented
          size="large"
          value={draft.channel}
          onChange={(channel) => change({ channel })}
          options={CHANNELS.map((value) => ({ value, label: t(`policy.quote.channels.${value}`) }))}
        />
      </Field>
      {draft.channel === 'delivery' && (
        <Field label={t('policy.quote.delivery')}>
          <YuanInput
            text={draft.delivery}
            onText={(delivery) => change({ delivery })}
            label={t('policy.quote.delivery')}
            strict
          />
        </Field>
      )}
      {(draft.guest ? MEAL_DATES : DATES).map((name) => (
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
      {!draft.guest && <PersonFields draft={draft} change={change} benefits={benefits} />}
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

/** Who she is beside her birthday, and what she had before. */
function PersonFields({ draft, change, benefits }: CaseFormProps) {
  const { t } = useTranslation()
  const word = useCategoryWord()
  return (
    <>
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
      <Field label={t('policy.quote.earlierMeals')}>
        <InputNumber
          size="large"
          min={0}
          max={20}
          precision={0}
          value={draft.earlierMeals}
          onChange={(earlierMeals) => change({ earlierMeals: earlierMeals ?? 0 })}
        />
      </Field>
      <Field label={t('policy.quote.used')}>
        <Select
          size="large"
          allowClear
          value={draft.used}
          options={[...benefits]}
          placeholder={t('policy.quote.usedNone')}
          onChange={(used: string | undefined) => change({ used: used ?? null })}
        />
      </Field>
      {draft.used !== null && (
        <>
          {USED.map((name) => (
            <Field key={name} label={t(`policy.quote.${name}`)}>
              <InputNumber
                size="large"
                min={0}
                max={31}
                precision={0}
                value={draft[name]}
                onChange={(count) => change({ [name]: count ?? 0 })}
              />
            </Field>
          ))}
          <Field label={t('policy.quote.usedAmount')}>
            <YuanInput
              text={draft.usedAmount}
              onText={(usedAmount) => change({ usedAmount })}
              label={t('policy.quote.usedAmount')}
              strict
            />
          </Field>
        </>
      )}
    </>
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
