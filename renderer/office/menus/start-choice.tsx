import { DatePicker, Radio } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { addDays } from '../../../shared/domain/calendar.ts'
import { momentOf } from './wall-time.ts'

/** From when a price holds; dates and times are the canteen's own. */
export type Start =
  | { readonly kind: 'now' }
  | { readonly kind: 'tomorrow' }
  | { readonly kind: 'at'; readonly date: string; readonly time: string }

/** Before anybody cooks breakfast. */
const MORNING = '05:00'

/** Null for now, else milliseconds since 1970. */
export function startMs(start: Start, today: string, timeZone: string): number | null {
  if (start.kind === 'now') return null
  const [date, time] = start.kind === 'tomorrow' ? [addDays(today, 1), MORNING] : [start.date, start.time]
  return momentOf(date, time, timeZone)
}

interface StartChoiceProps {
  readonly start: Start
  readonly today: string
  readonly onStart: (start: Start) => void
}

/** Now, tomorrow before breakfast, or a day and an hour. */
export function StartChoice({ start, today, onStart }: StartChoiceProps) {
  const { t } = useTranslation()
  const chosen = start.kind === 'at' ? start : { date: addDays(today, 1), time: MORNING }
  return (
    <fieldset className="start-choice">
      <legend>{t('menus.start.title')}</legend>
      <Radio.Group
        value={start.kind}
        onChange={(event) => {
          const kind: unknown = event.target.value
          if (kind === 'at') onStart({ kind, ...chosen })
          else onStart({ kind: kind === 'now' ? 'now' : 'tomorrow' })
        }}
      >
        <Radio value="now">{t('menus.start.now')}</Radio>
        <Radio value="tomorrow">{t('menus.start.tomorrow', { time: MORNING })}</Radio>
        <Radio value="at">{t('menus.start.at')}</Radio>
      </Radio.Group>
      {start.kind === 'at' && (
        <DatePicker
          allowClear={false}
          showTime={{ format: 'HH:mm', minuteStep: 15 }}
          format="YYYY-MM-DD HH:mm"
          value={dayjs(`${start.date}T${start.time}`)}
          minDate={dayjs(today)}
          aria-label={t('menus.start.at')}
          onChange={(moment) => {
            if (moment !== null)
              onStart({ kind: 'at', date: moment.format('YYYY-MM-DD'), time: moment.format('HH:mm') })
          }}
        />
      )}
    </fieldset>
  )
}
