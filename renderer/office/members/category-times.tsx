import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { isDate } from '../../../shared/domain/calendar.ts'
import { useCategoryWord } from './categories.ts'
import { isTimeRight, timesOfDraft, type MemberDraft, type TimeDraft } from './member-draft.ts'

interface CategoryTimesProps {
  readonly draft: MemberDraft
  readonly change: (part: Partial<MemberDraft>) => void
  readonly tried: boolean
}

/** A category may stand twice, and its dates change while they are written: its place in the list is its name. */
const numbered = (times: readonly TimeDraft[]) => times.map((time, number) => ({ number, time }))

const DATES = ['from', 'until'] as const

/** For each category from when until when it holds, and the document that proves it; all may be left empty. */
export function CategoryTimes({ draft, change, tried }: CategoryTimesProps) {
  const { t } = useTranslation()
  const word = useCategoryWord()
  const times = timesOfDraft(draft)
  const put = (index: number, part: Partial<TimeDraft>) =>
    change({ times: times.map((time, at) => (at === index ? { ...time, ...part } : time)) })
  if (times.length === 0) return null
  return (
    <fieldset className="category-times">
      <legend>{t('members.form.times')}</legend>
      {numbered(times).map(({ number, time }) => (
        <div key={number} className="category-time" data-category={time.category}>
          <strong>{word(time.category)}</strong>
          {DATES.map((name) => (
            <Input
              key={name}
              maxLength={10}
              placeholder={t(`members.form.${name}`)}
              aria-label={`${word(time.category)} · ${t(`members.form.${name}`)}`}
              status={time[name] !== '' && !isDate(time[name]) ? 'error' : ''}
              value={time[name]}
              onChange={(event) => put(number, { [name]: event.target.value })}
            />
          ))}
          <Input
            maxLength={40}
            placeholder={t('members.form.proofKind')}
            aria-label={`${word(time.category)} · ${t('members.form.proofKind')}`}
            value={time.proofKind}
            onChange={(event) => put(number, { proofKind: event.target.value })}
          />
          <Input
            maxLength={60}
            placeholder={time.keptNumber ?? t('members.form.proofNumber')}
            aria-label={`${word(time.category)} · ${t('members.form.proofNumber')}`}
            value={time.proofNumber}
            onChange={(event) => put(number, { proofNumber: event.target.value })}
          />
        </div>
      ))}
      {tried && !times.every(isTimeRight) && (
        <p className="field-problem" role="alert">
          {t('members.form.wrong.times')}
        </p>
      )}
    </fieldset>
  )
}
