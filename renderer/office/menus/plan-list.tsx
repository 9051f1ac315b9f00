import { Button, Switch } from 'antd'
import { ArrowDown, ArrowUp, CircleOff, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LibraryDish, MenuPlan } from '../../../shared/contract/menus.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { DishArt } from '../../ui/art/dish-art.tsx'
import { Sign } from '../../ui/sign.tsx'
import { usePriceWords } from './price-words.ts'

interface PlanListProps {
  readonly plan: MenuPlan
  readonly library: readonly LibraryDish[]
  readonly language: Language
  readonly title: string
  readonly onDishes: (dishIds: readonly string[]) => void
  readonly onSoldOut: (dishId: string, soldOut: boolean) => void
}

/** What is served, in the order of the keys at the counter; sold out by one touch. */
export function PlanList({ plan, library, language, title, onDishes, onSoldOut }: PlanListProps) {
  const { t } = useTranslation()
  const dishes = plan.dishIds.flatMap((dishId) => library.find((dish) => dish.dishId === dishId) ?? [])
  const move = (from: number, to: number) => {
    const order = plan.dishIds.filter((_, index) => index !== from)
    onDishes(order.toSpliced(to, 0, plan.dishIds[from] ?? ''))
  }
  return (
    <section className="sheet plan">
      <header className="plan-head">
        <h2>{title}</h2>
        <span>{t('menus.count', { count: dishes.length })}</span>
      </header>
      <CarriedOver plan={plan} />
      <ol className="plan-list">
        {dishes.map((dish, index) => (
          <PlanRow
            key={dish.dishId}
            {...{ dish, language, index }}
            last={index === dishes.length - 1}
            soldOut={plan.soldOut.includes(dish.dishId)}
            onMove={(to) => move(index, to)}
            onRemove={() => onDishes(plan.dishIds.filter((dishId) => dishId !== dish.dishId))}
            onSoldOut={(soldOut) => onSoldOut(dish.dishId, soldOut)}
          />
        ))}
      </ol>
      {dishes.length === 0 && (
        <div className="page-empty">
          <Sign kind="act" />
          <p>{t('menus.planEmpty')}</p>
        </div>
      )}
    </section>
  )
}

function CarriedOver({ plan }: { readonly plan: MenuPlan }) {
  const { t } = useTranslation()
  if (plan.source === 'planned' || plan.dishIds.length === 0) return null
  return (
    <p className="plan-notice" role="status">
      {plan.source === 'carried-over' && plan.carriedFrom !== null
        ? t('menus.carriedOver', { date: plan.carriedFrom })
        : t('menus.published')}
    </p>
  )
}

interface PlanRowProps {
  readonly dish: LibraryDish
  readonly language: Language
  readonly index: number
  readonly last: boolean
  readonly soldOut: boolean
  readonly onMove: (to: number) => void
  readonly onRemove: () => void
  readonly onSoldOut: (soldOut: boolean) => void
}

function PlanRow(props: PlanRowProps) {
  const { dish, language, index, last, soldOut, onMove, onRemove, onSoldOut } = props
  const { t } = useTranslation()
  const { price, announced } = usePriceWords()
  const name = inWords(dish.name, language)
  const coming = announced(dish)
  return (
    <li className="dish-row" data-planned={dish.dishId} data-sold-out={soldOut}>
      <span className="plan-order">
        <Button
          type="text"
          icon={<ArrowUp aria-hidden="true" />}
          disabled={index === 0}
          aria-label={t('menus.earlier', { name })}
          onClick={() => onMove(index - 1)}
        />
        <Button
          type="text"
          icon={<ArrowDown aria-hidden="true" />}
          disabled={last}
          aria-label={t('menus.later', { name })}
          onClick={() => onMove(index + 1)}
        />
      </span>
      <DishArt name={dish.name} tags={dish.tags} />
      <span className="dish-row-words">
        <strong>{name}</strong>
        <span>{price(dish.pricing)}</span>
        {coming !== null && <span className="dish-row-coming">{coming}</span>}
      </span>
      <label className="sold-out">
        {soldOut && <CircleOff aria-hidden="true" />}
        <span>{t(soldOut ? 'menus.soldOut' : 'menus.stillThere')}</span>
        <Switch
          checked={!soldOut}
          aria-label={t('menus.soldOutNamed', { name })}
          data-action="sold-out"
          onChange={(there) => onSoldOut(!there)}
        />
      </label>
      <Button
        type="text"
        icon={<X aria-hidden="true" />}
        aria-label={t('menus.remove', { name })}
        data-action="remove"
        onClick={onRemove}
      />
    </li>
  )
}
