import { Check, CircleOff, Minus, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import { isSoldOut, type Dish, type Menu } from '../../../shared/domain/menu.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { DishArt } from '../../ui/art/dish-art.tsx'
import { gramsText, yuanText } from '../../ui/format.ts'
import { KeyButton } from './key-button.tsx'
import { countedDishes, dishKey, plateKey, portionKey, weighedDishes } from './shortcuts.ts'
import type { StaffKeys } from './use-staff-keys.ts'

interface KeysPanelProps {
  readonly view: CounterView
  readonly menu: Menu
  readonly language: Language
  readonly keys: StaffKeys
  readonly quantity: number
  readonly onQuantity: (quantity: number) => void
}

const MOST_PORTIONS = 99

/** Today's dishes, portions and plates as big keys. */
export function KeysPanel(props: KeysPanelProps) {
  const { t } = useTranslation()
  const { menu, view, language, keys, quantity, onQuantity } = props
  const weighed = weighedDishes(menu)
  const counted = countedDishes(menu)
  return (
    <section className="panel keys">
      <h2 className="keys-title">{t('office.keys.weighed')}</h2>
      {menu.weighing.kind === 'uniform' && <p className="empty">{t('office.keys.uniform')}</p>}
      {menu.weighing.kind !== 'uniform' && weighed.length === 0 && (
        <p className="empty">{t('office.keys.none')}</p>
      )}
      {menu.weighing.kind !== 'uniform' && (
        <div className="key-grid">
          {weighed.map((dish, index) => (
            <DishKey
              key={dish.id}
              dish={dish}
              language={language}
              soldOut={isSoldOut(menu, dish.id)}
              shortcut={dishKey(index)}
              enabled={view.keys.includes('choose-dish')}
              onTouch={(atMs) =>
                keys.touchKey({ kind: 'choose-dish', dishId: dish.id }, inWords(dish.name, language), atMs)
              }
            />
          ))}
        </div>
      )}
      <div className="keys-head">
        <h2 className="keys-title">{t('office.keys.counted')}</h2>
        <Quantity quantity={quantity} onQuantity={onQuantity} />
      </div>
      {counted.length === 0 && <p className="empty">{t('office.keys.none')}</p>}
      <div className="key-grid">
        {counted.map((dish, index) => (
          <DishKey
            key={dish.id}
            dish={dish}
            language={language}
            soldOut={isSoldOut(menu, dish.id)}
            shortcut={portionKey(index)}
            enabled={view.keys.includes('add-portion')}
            onTouch={(atMs) => {
              keys.touchKey(
                { kind: 'add-portion', dishId: dish.id, quantity },
                inWords(dish.name, language),
                atMs,
              )
              onQuantity(1)
            }}
          />
        ))}
      </div>
      <Plates {...props} />
    </section>
  )
}

interface DishKeyProps {
  readonly dish: Dish
  readonly language: Language
  readonly soldOut: boolean
  readonly shortcut: string | null
  readonly enabled: boolean
  readonly onTouch: (atMs: number) => void
}

function DishKey({ dish, language, soldOut, shortcut, enabled, onTouch }: DishKeyProps) {
  const { t } = useTranslation()
  const { pricing } = dish
  const price = pricing.kind === 'weight' ? pricing.price.fen : pricing.priceFen
  return (
    <KeyButton
      className={soldOut ? 'key-dish key-sold-out' : 'key-dish'}
      name={`dish:${dish.id}`}
      enabled={enabled && !soldOut}
      shortcut={shortcut}
      onTouch={onTouch}
    >
      <DishArt name={dish.name} tags={dish.tags} />
      <span className="key-words">
        <span className="key-name">{inWords(dish.name, language)}</span>
        {soldOut ? (
          <span className="key-price key-gone">
            <CircleOff aria-hidden="true" />
            {t('common.soldOut')}
          </span>
        ) : (
          <span className="key-price">
            {yuanText(price)}{' '}
            {pricing.kind === 'weight' ? t(`common.perWeight.${pricing.price.per}`) : t('common.perPortion')}
          </span>
        )}
      </span>
    </KeyButton>
  )
}

function Quantity({ quantity, onQuantity }: Pick<KeysPanelProps, 'quantity' | 'onQuantity'>) {
  const { t } = useTranslation()
  return (
    <div className="quantity">
      <span className="quantity-label">{t('office.keys.quantity')}</span>
      <button
        type="button"
        className="step"
        aria-label={t('office.keys.fewer')}
        disabled={quantity <= 1}
        onClick={() => onQuantity(quantity - 1)}
      >
        <Minus aria-hidden="true" />
      </button>
      <output className="quantity-number">{quantity}</output>
      <button
        type="button"
        className="step"
        aria-label={t('office.keys.more')}
        disabled={quantity >= MOST_PORTIONS}
        onClick={() => onQuantity(quantity + 1)}
      >
        <Plus aria-hidden="true" />
      </button>
    </div>
  )
}

function Plates({ menu, view, language, keys }: KeysPanelProps) {
  const { t } = useTranslation()
  return (
    <>
      <h2 className="keys-title">{t('office.keys.plates')}</h2>
      <div className="key-grid">
        {menu.plates.map((plate, index) => (
          <KeyButton
            key={plate.id}
            className="key-plate"
            name={`plate:${plate.id}`}
            enabled={view.keys.includes('choose-plate')}
            pressed={plate.id === view.plateId}
            shortcut={plateKey(index)}
            onTouch={(atMs) =>
              keys.touchKey({ kind: 'choose-plate', plateId: plate.id }, inWords(plate.name, language), atMs)
            }
          >
            <span className="key-words">
              <span className="key-name">
                {plate.id === view.plateId && <Check aria-hidden="true" />}
                {inWords(plate.name, language)}
              </span>
              <span className="key-price">{t('office.keys.tare', { grams: gramsText(plate.tareMg) })}</span>
            </span>
          </KeyButton>
        ))}
      </div>
    </>
  )
}
