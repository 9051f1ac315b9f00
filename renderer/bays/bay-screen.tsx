import { useTranslation } from 'react-i18next'
import type { BayView } from '../../shared/domain/bays/view.ts'
import type { Language } from '../i18n/language.ts'
import { Amount } from '../ui/amount.tsx'
import { DishArt } from '../ui/art/dish-art.tsx'
import { gramsText } from '../ui/format.ts'
import type { SignKind } from '../ui/sign.tsx'
import { TrialMark } from '../ui/trial-mark.tsx'
import { HowTo } from './how-to.tsx'
import { Message } from './message.tsx'
import './bays.css'

interface BayScreenProps {
  readonly view: BayView
  readonly language: Language
  readonly trial: boolean
}

/** One dish's small screen: what it costs, whose tray it is bound to, and what that tray took here. */
export function BayScreen({ view, language, trial }: BayScreenProps) {
  return (
    <div className="bay" data-screen="bay" data-phase={view.phase} data-trouble={view.trouble ?? undefined}>
      {trial && <TrialMark />}
      <DishSheet view={view} language={language} />
      <main className="bay-main">
        <BayMessage view={view} />
        <Taken view={view} />
      </main>
    </div>
  )
}

function DishSheet({ view: { dish }, language }: Pick<BayScreenProps, 'view' | 'language'>) {
  const { t } = useTranslation()
  if (dish === null) return <aside className="bay-dish" />
  return (
    <aside className="bay-dish">
      <DishArt name={dish.name} tags={dish.tags} />
      <h1 className="bay-name">{language === 'en' ? dish.name.en : dish.name.zh}</h1>
      <p className="bay-price">
        <Amount fen={dish.price.fen} size="large" />
        <span className="bay-per">{t(`common.perWeight.${dish.price.per}`)}</span>
      </p>
    </aside>
  )
}

const SIGNS: Readonly<Record<BayView['phase'], SignKind>> = {
  idle: 'act-card',
  taking: 'act',
  settling: 'wait',
  refilling: 'wait',
  trouble: 'stop',
}

function BayMessage({ view: { phase, trouble, displayName } }: Pick<BayScreenProps, 'view'>) {
  const { t } = useTranslation()
  const common = { sign: SIGNS[phase], hello: displayName }
  if (phase !== 'refilling' && (trouble !== null || phase === 'trouble')) {
    const said = trouble ?? 'ask-staff'
    return (
      <Message
        {...common}
        title={t(`bays.trouble.${said}.title`)}
        action={t(`bays.trouble.${said}.action`)}
      />
    )
  }
  return <Message {...common} title={t(`bays.${phase}.title`)} action={t(`bays.${phase}.action`)} />
}

/** What her tray took here, and all of it: both always in the same place. */
function Taken({ view }: Pick<BayScreenProps, 'view'>) {
  const { t } = useTranslation()
  const { trayId, netMg, amountFen, trayFen, belowMinimum } = view
  if (trayId === null) return <HowTo due="card" />
  return (
    <section className="bay-taken">
      <p className="bay-here">
        <span>{t('bays.here')}</span>
        <strong>{t('common.grams', { grams: gramsText(netMg) })}</strong>
      </p>
      {belowMinimum ? (
        <p className="bay-below">{t('bays.belowMinimum')}</p>
      ) : (
        <p className="bay-amount">
          <Amount fen={amountFen} size="hero" />
        </p>
      )}
      <p className="bay-tray">
        <span>{t('bays.tray')}</span>
        <Amount fen={trayFen} size="large" />
      </p>
    </section>
  )
}
