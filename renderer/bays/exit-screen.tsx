import { useTranslation } from 'react-i18next'
import type { ExitPhase, ExitView } from '../../shared/domain/bays/view.ts'
import type { Language } from '../i18n/language.ts'
import { Amount } from '../ui/amount.tsx'
import { BowlScene, CardScene } from '../ui/art/scenes.tsx'
import { gramsText } from '../ui/format.ts'
import type { SignKind } from '../ui/sign.tsx'
import { TrialMark } from '../ui/trial-mark.tsx'
import { HowTo } from './how-to.tsx'
import { Message } from './message.tsx'
import './bays.css'

interface ExitScreenProps {
  readonly view: ExitView
  readonly language: Language
  readonly trial: boolean
}

const SIGNS: Readonly<Record<ExitPhase, SignKind>> = {
  idle: 'act-card',
  settling: 'wait',
  checking: 'wait',
  paid: 'good',
  insufficient: 'stop',
  nothing: 'good',
  trouble: 'stop',
}

/** The screen at the exit: what is on the tray, what she pays, and that she has paid. */
export function ExitScreen({ view, language, trial }: ExitScreenProps) {
  const { t } = useTranslation()
  const { phase, trouble, displayName } = view
  const [title, action] =
    phase === 'trouble'
      ? [
          t(`bays.trouble.${trouble ?? 'ask-staff'}.title`),
          t(`bays.trouble.${trouble ?? 'ask-staff'}.action`),
        ]
      : [t(`bays.exit.${phase}.title`), t(`bays.exit.${phase}.action`)]
  return (
    <div className="bay bay-exit" data-screen="exit" data-phase={phase} data-trouble={trouble ?? undefined}>
      {trial && <TrialMark />}
      <Lines view={view} language={language} />
      <main className="bay-main">
        <Message sign={SIGNS[phase]} hello={displayName} title={title} action={action} />
        <Reckoning view={view} />
      </main>
    </div>
  )
}

function Lines({ view: { lines, phase }, language }: Pick<ExitScreenProps, 'view' | 'language'>) {
  const { t } = useTranslation()
  if (lines.length === 0)
    return <aside className="bay-dish">{phase === 'nothing' ? <BowlScene /> : <CardScene />}</aside>
  return (
    <aside className="bay-dish bay-lines">
      {lines.map((line) => (
        <p className="bay-line" key={line.name.zh}>
          <strong>{language === 'en' ? line.name.en : line.name.zh}</strong>
          <span>{t('common.grams', { grams: gramsText(line.netMg) })}</span>
          <Amount fen={line.amountFen} size="line" />
        </p>
      ))}
    </aside>
  )
}

function Reckoning({ view }: Pick<ExitScreenProps, 'view'>) {
  const { t } = useTranslation()
  const { phase, totalFen, subsidyFen, selfPayFen, balanceAfterFen, missingFen, lines } = view
  if (lines.length === 0) return <HowTo due="pay" />
  const [label, fen] =
    phase === 'paid'
      ? [t('counter.label.paid'), selfPayFen]
      : phase === 'insufficient'
        ? [t('counter.label.short'), missingFen]
        : [t('counter.label.total'), totalFen]
  return (
    <section className="bay-taken">
      <p className="bay-here">
        <span>{label}</span>
        {subsidyFen > 0 && (
          <span>
            {t('counter.label.subsidy')} <Amount fen={-subsidyFen} size="line" />
          </span>
        )}
      </p>
      <p className="bay-amount">
        <Amount fen={fen} size="hero" />
      </p>
      {balanceAfterFen !== null && (
        <p className="bay-tray">
          <span>{t('counter.label.balance')}</span>
          <Amount fen={balanceAfterFen} size="large" />
        </p>
      )}
    </section>
  )
}
