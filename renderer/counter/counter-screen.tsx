import type { CounterView } from '../../shared/domain/checkout/view.ts'
import type { Menu } from '../../shared/domain/menu.ts'
import type { Language } from '../i18n/language.ts'
import { Header } from './header.tsx'
import { MenuSheet } from './menu-sheet.tsx'
import { figureOf } from './message.ts'
import type { OnPin } from './pin-asked.tsx'
import { Story } from './story.tsx'
import { PictureSheet, Ticket } from './ticket.tsx'
import './counter.css'

export interface CounterScreenProps {
  readonly view: CounterView
  readonly menu: Menu | null
  readonly canteenName: string
  readonly language: Language
  readonly nowMs: number
  readonly onOtherLanguage: () => void
  readonly onPin: OnPin
}

/** The seniors' screen: one thought, and the amount always in the same place. */
export function CounterScreen(props: CounterScreenProps) {
  const { view, menu, canteenName, language, nowMs, onOtherLanguage } = props
  return (
    <div
      className="counter"
      data-screen="seniors"
      data-phase={view.phase}
      data-trouble={view.trouble ?? undefined}
      data-revision={view.revision}
      data-sale={view.saleId ?? undefined}
    >
      <Header
        canteenName={canteenName}
        mealPeriod={view.mealPeriod}
        nowMs={nowMs}
        trial={view.trial}
        onOtherLanguage={onOtherLanguage}
      />
      <main className="counter-main">
        <Story view={view} language={language} onPin={props.onPin} />
        <div className="counter-paper">
          <Paper view={view} menu={menu} language={language} />
        </div>
      </main>
    </div>
  )
}

function Paper({ view, menu, language }: Pick<CounterScreenProps, 'view' | 'menu' | 'language'>) {
  const figure = figureOf(view)
  if (figure !== null) return <Ticket view={view} figure={figure} />
  const choosesFood = view.phase === 'idle' || view.phase === 'awaiting-plate'
  if (choosesFood && menu !== null) return <MenuSheet menu={menu} language={language} />
  return <PictureSheet view={view} />
}
