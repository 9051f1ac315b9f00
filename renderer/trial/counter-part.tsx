import { CreditCard, Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TrialView } from '../../shared/contract/trial.ts'
import { PartHead, type PartProps } from './part.tsx'

const PORTIONS = [
  ['small', 150],
  ['usual', 320],
  ['large', 480],
] as const
const MOST_GRAMS = 1_000
const STEP_GRAMS = 10

export function stateOf(view: TrialView): 'gone' | 'empty' | 'moving' | 'resting' {
  if (!view.plugged.scale) return 'gone'
  if (view.moving) return 'moving'
  return view.plateOn ? 'resting' : 'empty'
}

export function ScalePart({ view, hands, act }: PartProps) {
  const { t } = useTranslation()
  const [grams, setGrams] = useState(320)
  return (
    <section className="trial-part" aria-label={t('trial.scale')}>
      <PartHead
        device="scale"
        plugged={view.plugged.scale}
        state={t(`trial.state.${stateOf(view)}`)}
        hands={hands}
        act={act}
      />
      <div className="trial-presets">
        {PORTIONS.map(([name, weight]) => (
          <button
            key={name}
            type="button"
            className="trial-key"
            data-portion={name}
            aria-pressed={grams === weight}
            onClick={() => setGrams(weight)}
          >
            <strong>{t(`trial.portion.${name}`)}</strong>
            <span>{t('trial.grams', { grams: weight })}</span>
          </button>
        ))}
      </div>
      <Weight grams={grams} onGrams={setGrams} />
      <div className="trial-plate">
        <button
          type="button"
          className="trial-key trial-main-key"
          data-hand="place"
          onClick={() => act(hands.placePlate(grams * 1_000))}
        >
          {view.plateOn ? t('trial.change') : t('trial.place')}
        </button>
        <button
          type="button"
          className="trial-key"
          data-hand="remove"
          disabled={!view.plateOn}
          onClick={() => act(hands.removePlate())}
        >
          {t('trial.remove')}
        </button>
      </div>
    </section>
  )
}

function Weight({ grams, onGrams }: { readonly grams: number; readonly onGrams: (grams: number) => void }) {
  const { t } = useTranslation()
  return (
    <div className="trial-weight">
      <button
        type="button"
        className="trial-key trial-step"
        aria-label={t('trial.lighter')}
        disabled={grams <= 0}
        onClick={() => onGrams(Math.max(0, grams - STEP_GRAMS))}
      >
        <Minus aria-hidden="true" />
      </button>
      <label className="trial-slider">
        <span>
          {t('trial.food')} <output>{t('trial.grams', { grams })}</output>
        </span>
        <input
          type="range"
          min={0}
          max={MOST_GRAMS}
          step={5}
          value={grams}
          onChange={(event) => onGrams(event.currentTarget.valueAsNumber)}
        />
      </label>
      <button
        type="button"
        className="trial-key trial-step"
        aria-label={t('trial.heavier')}
        disabled={grams >= MOST_GRAMS}
        onClick={() => onGrams(Math.min(MOST_GRAMS, grams + STEP_GRAMS))}
      >
        <Plus aria-hidden="true" />
      </button>
    </div>
  )
}

export function CardsPart({ view, hands, act }: PartProps) {
  const { t } = useTranslation()
  return (
    <section className="trial-part" aria-label={t('trial.reader')}>
      <PartHead
        device="reader"
        plugged={view.plugged.reader}
        state={t('trial.cards')}
        hands={hands}
        act={act}
      />
      {view.cards.length === 0 && <p>{t('trial.noCards')}</p>}
      <ul className="trial-cards">
        {view.cards.map((card) => (
          <li key={card.uid}>
            <button
              type="button"
              className="trial-card"
              data-card={card.uid}
              aria-pressed={view.cardOnReader === card.uid}
              onClick={() => act(hands.tapCard(card.uid))}
            >
              <CreditCard aria-hidden="true" />
              <span>
                <strong>{card.label}</strong>
                <span>{view.cardOnReader === card.uid ? t('trial.cardHere') : card.hint}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
