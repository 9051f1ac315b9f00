import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TrialView } from '../../shared/contract/trial.ts'
import type { BayView, ExitView } from '../../shared/domain/bays/view.ts'
import { TrialMark } from '../ui/trial-mark.tsx'
import { BaysPart } from './bays-part.tsx'
import { CardsPart, ScalePart, stateOf } from './counter-part.tsx'
import { PaperPart } from './paper-part.tsx'
import type { TrialHands } from './part.tsx'
import './trial.css'

/** What the small screens of bays and exit show now, as far as they have said so. */
export interface TrialScreens {
  readonly bays: Readonly<Record<string, BayView>>
  readonly exit: ExitView | null
}

interface TrialPanelProps {
  readonly view: TrialView
  readonly screens: TrialScreens
  readonly hands: TrialHands
}

const PARTS = ['counter', 'bays', 'paper'] as const

/** The trial's hands: food on the simulated scales, cards on the readers, paper in the printer, plugs in and out. */
export function TrialPanel({ view, screens, hands }: TrialPanelProps) {
  const { t } = useTranslation()
  const [failed, setFailed] = useState(false)
  const [shown, setShown] = useState<(typeof PARTS)[number]>('counter')
  const act = (done: Promise<boolean>) => void done.then((worked) => setFailed(!worked))
  const parts = { view, hands, act }
  return (
    <div className="trial" data-screen="trial" data-scale={stateOf(view)} data-shows={shown}>
      <header className="trial-header">
        <TrialMark />
        <h1>{t('trial.title')}</h1>
        <nav className="trial-tabs" aria-label={t('trial.title')}>
          {PARTS.map((part) => (
            <button
              key={part}
              type="button"
              className="trial-tab"
              data-part={part}
              aria-pressed={part === shown}
              onClick={() => setShown(part)}
            >
              {t(`trial.part.${part}`)}
            </button>
          ))}
        </nav>
        {failed ? (
          <p className="trial-failed" role="alert">
            {t('trial.failed')}
          </p>
        ) : (
          <p className="trial-notice">{t('trial.notice')}</p>
        )}
      </header>
      <main className={`trial-main trial-main-${shown}`}>
        {shown === 'counter' && (
          <>
            <ScalePart {...parts} />
            <CardsPart {...parts} />
          </>
        )}
        {shown === 'bays' && <BaysPart {...parts} screens={screens} />}
        {shown === 'paper' && <PaperPart {...parts} />}
      </main>
    </div>
  )
}
