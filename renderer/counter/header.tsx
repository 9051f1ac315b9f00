import { useTranslation } from 'react-i18next'
import type { MealPeriod } from '../../shared/domain/menu.ts'
import { useTimeZone } from '../stores/station.ts'
import { writtenMoment } from '../ui/format.ts'
import { TrialMark } from '../ui/trial-mark.tsx'

interface HeaderProps {
  readonly canteenName: string
  readonly mealPeriod: MealPeriod
  readonly nowMs: number
  readonly trial: boolean
  readonly onOtherLanguage: () => void
}

/** Whose canteen this is, which meal, and what time it is. */
export function Header({ canteenName, mealPeriod, nowMs, trial, onOtherLanguage }: HeaderProps) {
  const { t, i18n } = useTranslation()
  const { date, time } = writtenMoment(nowMs, i18n.language, useTimeZone())
  return (
    <header className="counter-header">
      <Emblem />
      <div className="counter-place">
        <p className="counter-canteen">{canteenName}</p>
        <p className="counter-meal">{t(`counter.today.${mealPeriod}`)}</p>
      </div>
      {trial && <TrialMark />}
      <div className="counter-when">
        <p className="counter-time">{time}</p>
        <p className="counter-date">{date}</p>
      </div>
      <button
        type="button"
        className="language-button"
        title={t('common.otherLanguageHint')}
        onClick={onOtherLanguage}
      >
        {t('common.otherLanguage')}
      </button>
    </header>
  )
}

/** The canteen's mark: a bowl under a roof. */
const Emblem = () => (
  <svg className="emblem art" viewBox="0 0 100 100" aria-hidden="true">
    <circle className="fill-persimmon" cx="50" cy="50" r="48" />
    <path className="stroke-rice" d="M22 42L50 22l28 20" />
    <path className="fill-rice" d="M26 50h48c0 18-11 26-24 26S26 68 26 50z" />
    <path className="stroke-rice" d="M38 80h24" />
  </svg>
)
