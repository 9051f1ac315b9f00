import { CircleOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isSoldOut, type Dish, type Menu, type WeightPrice } from '../../shared/domain/menu.ts'
import { inWords, type Language } from '../i18n/language.ts'
import { Amount } from '../ui/amount.tsx'
import { DishArt } from '../ui/art/dish-art.tsx'
import { useTurningPage } from './turning-page.ts'

/** Heights in units of the layout: the sheet's room, the line that names the page, a heading, a dish, a row of a long name. */
const HEIGHT = { room: 562, pageLine: 46, heading: 46, dish: 46, more: 34 }
/** Width of one row's name: a Chinese character counts two, a letter one. */
const NAME_WIDTH = 16
/** Long enough to read a page twice. */
const TURN_MS = 16_000

interface Section {
  readonly per: WeightPrice['per'] | 'portion'
  readonly dishes: readonly Dish[]
}

/** Dishes under what their price is for; in the order of the menu. */
export function sectionsOf(dishes: readonly Dish[]): readonly Section[] {
  const sections = new Map<Section['per'], Dish[]>()
  for (const dish of dishes) {
    const per = dish.pricing.kind === 'weight' ? dish.pricing.price.per : 'portion'
    const section = sections.get(per)
    if (section === undefined) sections.set(per, [dish])
    else section.push(dish)
  }
  return Array.from(sections, ([per, inSection]) => ({ per, dishes: inSection }))
}

const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1.05), 0)

const heightOf = (dish: Dish, language: Language): number =>
  Math.max(HEIGHT.dish, 6 + Math.ceil(widthOf(inWords(dish.name, language)) / NAME_WIDTH) * HEIGHT.more)

/** One page if all fits; else pages that leave room to name themselves. A section that goes on repeats its heading. */
export function pagesOf(sections: readonly Section[], language: Language): readonly (readonly Section[])[] {
  const pages = pagesWithin(HEIGHT.room, sections, language)
  return pages.length === 1 ? pages : pagesWithin(HEIGHT.room - HEIGHT.pageLine, sections, language)
}

function pagesWithin(room: number, sections: readonly Section[], language: Language): Section[][] {
  const pages: Section[][] = [[]]
  let left = room
  for (const section of sections) {
    let dishes: Dish[] = []
    for (const dish of section.dishes) {
      const height = heightOf(dish, language)
      if (height + (dishes.length === 0 ? HEIGHT.heading : 0) > left) {
        dishes = []
        pages.push([])
        left = room
      }
      left -= height + (dishes.length === 0 ? HEIGHT.heading : 0)
      if (dishes.length === 0) pages.at(-1)?.push({ per: section.per, dishes })
      dishes.push(dish)
    }
  }
  return pages
}

const priceOf = (dish: Dish): number =>
  dish.pricing.kind === 'weight' ? dish.pricing.price.fen : dish.pricing.priceFen

/** Today's dishes with their prices, like the board at a canteen's door. */
export function MenuSheet({ menu, language }: { readonly menu: Menu; readonly language: Language }) {
  const { t } = useTranslation()
  const pages = pagesOf(sectionsOf(menu.dishes), language)
  const page = useTurningPage(pages.length, TURN_MS)
  if (menu.dishes.length === 0 && menu.weighing.kind !== 'uniform')
    return <aside className="ticket menu-sheet menu-empty">{t('counter.noDishes')}</aside>
  return (
    <aside className="ticket menu-sheet">
      {menu.weighing.kind === 'uniform' && page === 0 && (
        <MenuSection per={menu.weighing.price.per}>
          <MenuRow name={inWords(menu.weighing.name, language)} fen={menu.weighing.price.fen} art={null} />
        </MenuSection>
      )}
      {pages[page]?.map((section) => (
        <MenuSection key={section.per} per={section.per}>
          {section.dishes.map((dish) => (
            <MenuRow
              key={dish.id}
              name={inWords(dish.name, language)}
              fen={priceOf(dish)}
              soldOut={isSoldOut(menu, dish.id)}
              art={<DishArt name={dish.name} tags={dish.tags} />}
            />
          ))}
        </MenuSection>
      ))}
      {pages.length > 1 && (
        <p className="menu-page">{t('counter.page', { page: page + 1, pages: pages.length })}</p>
      )}
    </aside>
  )
}

function MenuSection({
  per,
  children,
}: {
  readonly per: Section['per']
  readonly children: React.ReactNode
}) {
  const { t } = useTranslation()
  return (
    <section className="menu-section">
      <h2 className="menu-heading">
        {per === 'portion' ? t('common.perPortion') : t(`common.perWeight.${per}`)}
      </h2>
      <ul>{children}</ul>
    </section>
  )
}

interface MenuRowProps {
  readonly name: string
  readonly fen: number
  readonly soldOut?: boolean
  readonly art: React.ReactNode
}

/** One dish. What is used up keeps its place, without a price that nobody can pay. */
function MenuRow({ name, fen, soldOut = false, art }: MenuRowProps) {
  const { t } = useTranslation()
  return (
    <li className={soldOut ? 'menu-row menu-row-gone' : 'menu-row'} data-sold-out={soldOut}>
      {art}
      <span className="menu-name">{name}</span>
      <span className="menu-leader" />
      {soldOut ? (
        <span className="menu-gone">
          <CircleOff aria-hidden="true" />
          {t('common.soldOut')}
        </span>
      ) : (
        <Amount fen={fen} size="line" />
      )}
    </li>
  )
}
