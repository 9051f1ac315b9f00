import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { CounterView } from '../../shared/domain/checkout/view.ts'
import { inWords, type Language } from '../i18n/language.ts'
import { gramsText } from '../ui/format.ts'
import { Sign } from '../ui/sign.tsx'
import { Basket } from './basket.tsx'
import { messageOf, type Message } from './message.ts'
import { PinAsked, type OnPin } from './pin-asked.tsx'
import { Reckoning } from './reckoning.tsx'
import { Scene } from './scene.tsx'

interface StoryProps {
  readonly view: CounterView
  readonly language: Language
  /** Sends her PIN to the station; answers what became of it. */
  readonly onPin: OnPin
}

/** The left half: what to do now, and what it is about. */
export function Story({ view, language, onPin }: StoryProps) {
  const message = messageOf(view)
  const { t } = useTranslation()
  const greets = view.trouble === null && GREETING_PHASES.includes(view.phase)
  return (
    <section className={`story story-${message.sign} ${view.trouble === null ? '' : 'story-trouble'}`}>
      <div className="story-message" role="status">
        <Sign kind={message.sign} />
        <div>
          {greets && view.member !== null && (
            <p className="story-hello">{t('counter.hello', { name: view.member.displayName })}</p>
          )}
          <h1 className="story-title">{titleOf(message, t)}</h1>
          <p className="story-action">{actionOf(message, t)}</p>
        </div>
      </div>
      <div className="story-content">
        {view.phase === 'confirm' && view.confirm?.hasPin === true ? (
          <PinAsked key={view.saleId} onPin={onPin} />
        ) : (
          <Content view={view} language={language} />
        )}
      </div>
    </section>
  )
}

const GREETING_PHASES: readonly CounterView['phase'][] = ['awaiting-plate', 'paid', 'insufficient', 'confirm']

type Translate = TFunction

const titleOf = (message: Message, t: Translate): string =>
  'trouble' in message ? t(`trouble.${message.trouble}.title`) : t(`counter.${message.words}.title`)

const actionOf = (message: Message, t: Translate): string =>
  'trouble' in message ? t(`trouble.${message.trouble}.action`) : t(`counter.${message.words}.action`)

function Content({ view, language }: Omit<StoryProps, 'onPin'>) {
  if (view.phase === 'diet-warning') return <Warnings view={view} language={language} />
  if (view.phase === 'paid' || view.phase === 'insufficient')
    return <Reckoning view={view} language={language} />
  if (view.phase === 'awaiting-plate' && view.member !== null)
    return <Reckoning view={view} language={language} />
  if (view.phase === 'weighing' || view.phase === 'choose-dish')
    return <Weighing view={view} language={language} />
  if (view.lines.length > 0) return <Basket lines={view.lines} language={language} />
  const besideMenu = view.phase === 'idle' || view.phase === 'awaiting-plate'
  return besideMenu ? <Scene view={view} /> : null
}

/** Which dish, and what is in it, as large as a weight. */
function Warnings({ view, language }: Omit<StoryProps, 'onPin'>) {
  return (
    <ul className="warnings">
      {view.warnings.map(({ dishId, name, why }) => (
        <li key={`${dishId}/${why.en}`}>
          <strong>{inWords(name, language)}</strong>
          <span>{inWords(why, language)}</span>
        </li>
      ))}
    </ul>
  )
}

function Weighing({ view, language }: Omit<StoryProps, 'onPin'>) {
  const { t } = useTranslation()
  const { weighing } = view
  if (weighing === null) return null
  return (
    <div className="weighing">
      <p className="weighing-name">
        {weighing.name === null ? t('counter.weight') : inWords(weighing.name, language)}
      </p>
      <p className="weighing-grams" data-stable={weighing.stable}>
        {t('common.grams', { grams: gramsText(weighing.netMg) })}
      </p>
    </div>
  )
}
