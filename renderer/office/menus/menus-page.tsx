import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { CopyPlus, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryDish } from '../../../shared/contract/menus.ts'
import { addDays } from '../../../shared/domain/calendar.ts'
import { roleReaches } from '../../../shared/domain/staff.ts'
import { inWords } from '../../i18n/language.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStaff } from '../../stores/staff.ts'
import { useStation } from '../../stores/station.ts'
import { Asked } from '../shell/asked.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import { useNotice } from '../shell/use-notice.tsx'
import { DishDialog } from './dish-dialog.tsx'
import { LibraryList } from './library-list.tsx'
import { MealChoice, type Meal } from './meal-choice.tsx'
import './menus.css'
import { PlanList } from './plan-list.tsx'
import { useMenu } from './use-menu.ts'

/** What is served when: the house's dishes at the left, the meal's menu at the right. */
export default function MenusPage() {
  const view = useStation((heard) => heard.view)
  if (view === null) return null
  return <Menus today={view.businessDate} mealPeriod={view.mealPeriod} />
}

type Editing = { readonly dish: LibraryDish | null } | null

function Menus({ today, mealPeriod }: { readonly today: string; readonly mealPeriod: Meal['mealPeriod'] }) {
  const { t } = useTranslation()
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const role = useStaff(({ view }) => view?.signedIn?.role ?? 'cashier')
  const mayEdit = roleReaches(role, 'manager')
  const [meal, setMeal] = useState<Meal>({ businessDate: today, mealPeriod })
  const [editing, setEditing] = useState<Editing>(null)
  const { done } = useNotice()
  const { library, plan, setDishes, setSoldOut } = useMenu(meal)
  const copy = useCopy(meal)
  const retire = useRetire(() => setEditing(null))

  const sell = (dishId: string, soldOut: boolean) => {
    const dish = library.data?.find((each) => each.dishId === dishId)
    const name = dish === undefined ? dishId : inWords(dish.name, language)
    setSoldOut(dishId, soldOut, () =>
      done(t(soldOut ? 'menus.nowSoldOut' : 'menus.nowThere', { name }), () => setSoldOut(dishId, !soldOut)),
    )
  }
  return (
    <PageFrame
      title={t('menus.title')}
      lead={t('menus.lead')}
      actions={<MenuActions mayEdit={mayEdit} onCopy={copy} onNew={() => setEditing({ dish: null })} />}
    >
      <div className="menus">
        <div className="menus-meal">
          <MealChoice meal={meal} today={today} onMeal={setMeal} />
        </div>
        <Asked query={library}>
          {(dishes) => (
            <>
              <LibraryList
                library={dishes}
                onMenu={plan.data?.dishIds ?? []}
                language={language}
                mayEdit={mayEdit}
                onAdd={(dishId) => setDishes([...(plan.data?.dishIds ?? []), dishId])}
                onEdit={(dish) => setEditing({ dish })}
              />
              <Asked query={plan}>
                {(shown) => (
                  <PlanList
                    plan={shown}
                    library={dishes}
                    language={language}
                    title={t('menus.planTitle', {
                      date: meal.businessDate === today ? t('menus.day.today') : meal.businessDate,
                      meal: t(`common.mealPeriod.${meal.mealPeriod}`),
                    })}
                    onDishes={setDishes}
                    onSoldOut={sell}
                  />
                )}
              </Asked>
            </>
          )}
        </Asked>
      </div>
      {editing !== null && (
        <DishDialog
          dish={editing.dish}
          today={today}
          onClose={() => setEditing(null)}
          onRetire={(dish) => retire(dish, !dish.retired)}
        />
      )}
    </PageFrame>
  )
}

interface MenuActionsProps {
  readonly mayEdit: boolean
  readonly onCopy: () => void
  readonly onNew: () => void
}

function MenuActions({ mayEdit, onCopy, onNew }: MenuActionsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Button icon={<CopyPlus aria-hidden="true" />} size="large" data-action="copy" onClick={onCopy}>
        {t('menus.copy')}
      </Button>
      {mayEdit && (
        <Button
          type="primary"
          size="large"
          icon={<Plus aria-hidden="true" />}
          data-action="new-dish"
          onClick={onNew}
        >
          {t('menus.newDish')}
        </Button>
      )}
    </>
  )
}

/** All meals of the day before, served on this day as well. */
function useCopy(meal: Meal): () => void {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { done, refused, told } = useNotice()
  const copying = useMutation(
    station.menus.copyDay.mutationOptions({
      onSuccess: ({ meals }) => done(t('menus.copied', { count: meals })),
      onError: (error) =>
        codeOf(error) === 'NOTHING_TO_COPY' ? told(t('menus.nothingToCopy')) : refused(error),
      onSettled: () => void cache.invalidateQueries({ queryKey: station.menus.plan.key() }),
    }),
  )
  return () => copying.mutate({ from: addDays(meal.businessDate, -1), to: meal.businessDate })
}

/** Takes a dish out of the library, or back into it; either can be undone. */
function useRetire(onDone: () => void): (dish: LibraryDish, retired: boolean) => void {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const { done, refused } = useNotice()
  const retiring = useMutation({
    mutationFn: ({ dish, retired }: { dish: LibraryDish; retired: boolean }) =>
      stationNow.menus.saveDish({
        dishId: dish.dishId,
        name: { ...dish.name },
        emoji: dish.emoji,
        tags: [...dish.tags],
        retired,
      }),
    onSuccess: (_saved, { dish, retired }) => {
      onDone()
      done(t(retired ? 'menus.nowRetired' : 'menus.nowBack', { name: inWords(dish.name, language) }), () =>
        retiring.mutate({ dish, retired: !retired }),
      )
    },
    onError: refused,
    onSettled: () => void cache.invalidateQueries({ queryKey: station.menus.key() }),
  })
  return (dish, retired) => retiring.mutate({ dish, retired })
}
