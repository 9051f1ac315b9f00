import { CreditCard, Hand, Plug, Unplug } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BayDevice, TrialBay, TrialView } from '../../shared/contract/trial.ts'
import { BayScreen } from '../bays/bay-screen.tsx'
import { ExitScreen } from '../bays/exit-screen.tsx'
import { useSettings } from '../stores/settings.ts'
import type { TrialScreens } from './trial-panel.tsx'
import type { PartProps } from './part.tsx'

const LADLE_MG = 100_000

interface BaysPartProps extends PartProps {
  readonly screens: TrialScreens
}

/** Somebody with a card walks from bay to bay: each with its small screen above, and her hands below. */
export function BaysPart({ view, screens, hands, act }: BaysPartProps) {
  const { t } = useTranslation()
  const [card, setCard] = useState(view.cards[0]?.uid ?? '')
  const language = useSettings(({ counterLanguage }) => counterLanguage)
  const { exit } = screens
  return (
    <>
      <CardInHand cards={view.cards} card={card} onCard={setCard} />
      {view.bays.map((bay) => {
        const screen = screens.bays[bay.bayId]
        const name = language === 'en' ? bay.dish.en : bay.dish.zh
        return (
          <Place key={bay.bayId} place={bay.bayId} title={name} state={panWords(bay, t)}>
            <div className="trial-screen miniature">
              {screen !== undefined && <BayScreen view={screen} language={language} trial={false} />}
            </div>
            <TapKey isThere={bay.cardOnReader === card} onTap={() => act(hands.tapBay(bay.bayId, card))} />
            <PanKeys bay={bay} hands={hands} act={act} />
            <div className="trial-plugs">
              {BAY_DEVICES.map((device) => (
                <PlugKey
                  key={device}
                  device={device}
                  plugged={bay.plugged[device]}
                  onPlug={(plugged) => act(hands.setBayPlugged(bay.bayId, device, plugged))}
                />
              ))}
            </div>
          </Place>
        )
      })}
      <Place place="exit" title={t('trial.bays.exit')} state={t('trial.bays.exitState')}>
        <div className="trial-screen miniature">
          {exit !== null && <ExitScreen view={exit} language={language} trial={false} />}
        </div>
        <TapKey isThere={view.cardAtExit === card} onTap={() => act(hands.tapBay(null, card))} />
        <div className="trial-plugs">
          <PlugKey
            device="reader"
            plugged={view.exitPlugged}
            onPlug={(plugged) => act(hands.setBayPlugged(null, 'reader', plugged))}
          />
        </div>
      </Place>
    </>
  )
}

const BAY_DEVICES = ['scale', 'reader'] as const

function panWords(bay: TrialBay, t: ReturnType<typeof useTranslation>['t']): string {
  if (!bay.plugged.scale) return t('trial.bays.scaleGone')
  if (bay.handInPan) return t('trial.bays.handIn')
  if (bay.moving) return t('trial.bays.moving')
  return t('trial.bays.pan', { grams: bay.panMg / 1_000 })
}

interface CardInHandProps {
  readonly cards: TrialView['cards']
  readonly card: string
  readonly onCard: (uid: string) => void
}

function CardInHand({ cards, card, onCard }: CardInHandProps) {
  const { t } = useTranslation()
  return (
    <section className="trial-part" aria-label={t('trial.bays.card')}>
      <div className="trial-head">
        <h2>{t('trial.bays.card')}</h2>
      </div>
      <ul className="trial-hand-cards">
        {cards.map(({ uid, label, hint }) => (
          <li key={uid}>
            <button
              type="button"
              className="trial-key"
              data-hand-card={uid}
              title={hint}
              aria-pressed={uid === card}
              onClick={() => onCard(uid)}
            >
              {label}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface PlaceProps {
  readonly place: string
  readonly title: string
  readonly state: string
  readonly children: ReactNode
}

const Place = ({ place, title, state, children }: PlaceProps) => (
  <section className="trial-part trial-place" aria-label={title} data-place={place}>
    <div className="trial-head">
      <h2>{title}</h2>
      <p className="trial-state">{state}</p>
    </div>
    {children}
  </section>
)

function TapKey({ isThere, onTap }: { readonly isThere: boolean; readonly onTap: () => void }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className="trial-key trial-main-key"
      data-hand="tap"
      aria-pressed={isThere}
      onClick={onTap}
    >
      <CreditCard aria-hidden="true" />
      {t(isThere ? 'trial.cardHere' : 'trial.bays.tap')}
    </button>
  )
}

function PanKeys({ bay, hands, act }: { readonly bay: TrialBay } & Pick<PartProps, 'hands' | 'act'>) {
  const { t } = useTranslation()
  const { bayId, panMg, fullMg, handInPan } = bay
  return (
    <div className="trial-pan">
      <button
        type="button"
        className="trial-key"
        data-hand="take"
        disabled={panMg < LADLE_MG}
        onClick={() => act(hands.takeFood(bayId, LADLE_MG))}
      >
        {t('trial.bays.take')}
      </button>
      <button
        type="button"
        className="trial-key"
        data-hand="put-back"
        disabled={panMg + LADLE_MG > fullMg}
        onClick={() => act(hands.takeFood(bayId, -LADLE_MG))}
      >
        {t('trial.bays.putBack')}
      </button>
      <button
        type="button"
        className="trial-key"
        data-hand="lean"
        aria-pressed={handInPan}
        onClick={() => act(hands.setHand(bayId, !handInPan))}
      >
        <Hand aria-hidden="true" />
        {t(handInPan ? 'trial.bays.handOut' : 'trial.bays.hand')}
      </button>
      <button
        type="button"
        className="trial-key"
        data-hand="refill"
        disabled={panMg === fullMg}
        onClick={() => act(hands.refillPan(bayId))}
      >
        {t('trial.bays.refill')}
      </button>
    </div>
  )
}

interface PlugKeyProps {
  readonly device: BayDevice
  readonly plugged: boolean
  readonly onPlug: (plugged: boolean) => void
}

function PlugKey({ device, plugged, onPlug }: PlugKeyProps) {
  const { t } = useTranslation()
  const Icon = plugged ? Plug : Unplug
  return (
    <button
      type="button"
      className="trial-key trial-plug-key"
      data-bay-plug={device}
      aria-pressed={!plugged}
      onClick={() => onPlug(!plugged)}
    >
      <Icon aria-hidden="true" />
      {t(`trial.bays.${plugged ? 'unplug' : 'plug'}.${device}`)}
    </button>
  )
}
