import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { WARNING_TAGS } from '../../../shared/domain/diet.ts'
import { inWords, isLanguage } from '../../i18n/language.ts'
import { useTranslation } from 'react-i18next'
import type { LibraryDish } from '../../../shared/contract/menus.ts'
import { YuanInput } from '../../ui/yuan-input.tsx'
import { Field } from '../shell/field.tsx'
import { ActDialog } from '../shell/act-dialog.tsx'
import { FocusedInput } from '../shell/focused-input.tsx'
import {
  draftOf,
  isSamePricing,
  NEW_DISH,
  PRICE_UNITS,
  pricingOf,
  type DishDraft,
  type PriceUnit,
} from './dish-draft.ts'
import { usePriceWords } from './price-words.ts'
import { StartChoice, type Start } from './start-choice.tsx'
import { useSaveDish } from './use-save-dish.ts'

interface DishDialogProps {
  /** Null for a new dish. */
  readonly dish: LibraryDish | null
  readonly today: string
  readonly onClose: () => void
  readonly onRetire: (dish: LibraryDish) => void
}

const LONGEST = { zh: 40, en: 80, emoji: 2 }
const KNOWN_TAGS = ['meat', 'fish', 'egg', 'tofu', 'vegetable', 'staple', 'soup', 'set-meal'] as const

/** A dish: what it is called, and what it costs from when on. */
export function DishDialog({ dish, today, onClose, onRetire }: DishDialogProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<DishDraft>(dish === null ? NEW_DISH : draftOf(dish))
  const [start, setStart] = useState<Start>({ kind: 'now' })
  const [tried, setTried] = useState(false)
  const { announced } = usePriceWords()
  const change = (part: Partial<DishDraft>) => setDraft((before) => ({ ...before, ...part }))
  const pricing = pricingOf(draft)
  const priceChanged = !isSamePricing(pricing, dish?.pricing ?? null)
  const { save, saving, problem } = useSaveDish(dish, today, onClose)
  const repriced = dish !== null && dish.pricing !== null && priceChanged
  const coming = dish === null ? null : announced(dish)
  const submit = () => {
    setTried(true)
    if (draft.zh.trim() !== '' && pricing !== null) save(draft, priceChanged ? { pricing, start } : null)
  }

  return (
    <ActDialog
      width={860}
      title={t(dish === null ? 'menus.dialog.new' : 'menus.dialog.edit')}
      act={{ name: 'save', words: t('menus.dialog.save'), busy: saving, onAct: submit }}
      back={{ words: t('menus.dialog.cancel'), onBack: onClose }}
      aside={
        dish !== null && (
          <Button size="large" data-action="retire" onClick={() => onRetire(dish)}>
            {t(dish.retired ? 'menus.dialog.bringBack' : 'menus.dialog.retire')}
          </Button>
        )
      }
      {...{ problem, onClose }}
    >
      <div className="dish-form">
        <NameFields draft={draft} change={change} tried={tried} onEnter={submit} />
        <div className="dish-form-part">
          <Field label={t('menus.dialog.unit')}>
            <Select<PriceUnit>
              size="large"
              value={draft.unit}
              options={PRICE_UNITS.map((value) => ({ value, label: t(`menus.units.${value}`) }))}
              onChange={(unit) => change({ unit })}
            />
          </Field>
          <Field
            label={t('menus.dialog.amount')}
            problem={tried && pricing === null ? t('menus.dialog.amountWrong') : null}
          >
            <YuanInput
              label={t('menus.dialog.amount')}
              text={draft.amount}
              strict={tried}
              onText={(amount) => change({ amount })}
              onEnter={submit}
            />
          </Field>
          {draft.unit === 'set-meal' && (
            <Field label={t('menus.dialog.parts')}>
              <Input.TextArea
                rows={3}
                value={draft.parts}
                placeholder={t('menus.dialog.partsHint')}
                onChange={(event) => change({ parts: event.target.value })}
              />
            </Field>
          )}
          {repriced && pricing !== null && <StartChoice start={start} today={today} onStart={setStart} />}
          {coming !== null && <p className="plan-notice">{coming}</p>}
        </div>
      </div>
    </ActDialog>
  )
}

interface NameFieldsProps {
  readonly draft: DishDraft
  readonly change: (part: Partial<DishDraft>) => void
  readonly tried: boolean
  readonly onEnter: () => void
}

function NameFields({ draft, change, tried, onEnter }: NameFieldsProps) {
  const { t, i18n } = useTranslation()
  const language = isLanguage(i18n.language) ? i18n.language : 'zh-CN'
  return (
    <div className="dish-form-part">
      <Field
        label={t('menus.dialog.zh')}
        problem={tried && draft.zh.trim() === '' ? t('menus.dialog.nameMissing') : null}
      >
        <FocusedInput
          size="large"
          maxLength={LONGEST.zh}
          value={draft.zh}
          aria-label={t('menus.dialog.zh')}
          onChange={(event) => change({ zh: event.target.value })}
          onPressEnter={onEnter}
        />
      </Field>
      <Field label={t('menus.dialog.en')}>
        <Input
          size="large"
          maxLength={LONGEST.en}
          value={draft.en}
          aria-label={t('menus.dialog.en')}
          onChange={(event) => change({ en: event.target.value })}
          onPressEnter={onEnter}
        />
      </Field>
      <Field label={t('menus.dialog.tags')}>
        <Select
          size="large"
          mode="tags"
          value={[...draft.tags]}
          options={[
            ...KNOWN_TAGS.map((value) => ({ value, label: t(`menus.tags.${value}`) })),
            ...[...WARNING_TAGS].map(([value, words]) => ({ value, label: inWords(words, language) })),
          ]}
          aria-label={t('menus.dialog.tags')}
          onChange={(tags: string[]) => change({ tags })}
        />
      </Field>
      <Field label={t('menus.dialog.emoji')} hint={t('menus.dialog.emojiHint')}>
        <Input
          size="large"
          className="emoji-input"
          maxLength={LONGEST.emoji}
          value={draft.emoji}
          placeholder={Array.from(draft.zh)[0] ?? ''}
          aria-label={t('menus.dialog.emoji')}
          onChange={(event) => change({ emoji: event.target.value })}
          onPressEnter={onEnter}
        />
      </Field>
    </div>
  )
}
