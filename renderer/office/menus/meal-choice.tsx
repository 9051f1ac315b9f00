import { DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { addDays } from '../../../shared/domain/calendar.ts'
import type { MealPeriod } from '../../../shared/domain/menu.ts'

/** Which menu is on the desk: one meal of one day. */
export interface Meal {
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
}

const MEALS = ['breakfast', 'lunch', 'dinner'] as const

interface MealChoiceProps {
  readonly meal: Meal
  readonly today: string
  readonly onMeal: (meal: Meal) => void
}

/** Today and tomorrow by one key, any other day by the calendar. */
export function MealChoice({ meal, today, onMeal }: MealChoiceProps) {
  const { t } = useTranslation()
  const tomorrow = addDays(today, 1)
  const day = meal.businessDate === today ? 'today' : meal.businessDate === tomorrow ? 'tomorrow' : 'other'
  return (
    <>
      <Segmented
        value={day}
        options={[
          { value: 'today', label: t('menus.day.today') },
          { value: 'tomorrow', label: t('menus.day.tomorrow') },
        ]}
        onChange={(chosen) => onMeal({ ...meal, businessDate: chosen === 'today' ? today : tomorrow })}
      />
      <DatePicker
        allowClear={false}
        inputReadOnly
        value={dayjs(meal.businessDate)}
        format={t('menus.day.format')}
        aria-label={t('menus.day.choose')}
        onChange={(chosen) => {
          if (chosen !== null) onMeal({ ...meal, businessDate: chosen.format('YYYY-MM-DD') })
        }}
      />
      <Segmented
        value={meal.mealPeriod}
        options={MEALS.map((value) => ({ value, label: t(`common.mealPeriod.${value}`) }))}
        onChange={(mealPeriod) => onMeal({ ...meal, mealPeriod })}
      />
    </>
  )
}
