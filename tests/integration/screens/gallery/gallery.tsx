import '@fontsource-variable/noto-sans-sc/wght.css'
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { CounterScreen } from '../../../../renderer/counter/counter-screen.tsx'
import { BayPage } from '../../../../renderer/bays/bay-pages.tsx'
import { BayScreen } from '../../../../renderer/bays/bay-screen.tsx'
import { ExitScreen } from '../../../../renderer/bays/exit-screen.tsx'
import { createWords } from '../../../../renderer/i18n/index.ts'
import { isLanguage, type Language } from '../../../../renderer/i18n/language.ts'
import '../../../../renderer/ui/art/art.css'
import '../../../../renderer/ui/base.css'
import '../../../../renderer/ui/tokens.css'
import type { TrialHands } from '../../../../renderer/trial/part.tsx'
import { TrialPanel, type TrialScreens } from '../../../../renderer/trial/trial-panel.tsx'
import { WaitingCover } from '../../../../renderer/ui/waiting-cover.tsx'
import type { StaffKey } from '../../../../shared/domain/checkout/state.ts'
import { StaffScreen } from '../../../../renderer/office/counter/staff-screen.tsx'
import { useBays } from '../../../../renderer/stores/bays.ts'
import { DEFAULT_SETTINGS, useSettings } from '../../../../renderer/stores/settings.ts'
import { VoicePlayer } from '../../../../renderer/voice/player.ts'
import { speechToClips } from '../../../../renderer/voice/speech.ts'
import { SPOKEN } from './spoken.ts'
import { bayFixtures, exitFixtures } from '../../../fixtures/bay-views.ts'
import { photoFixture } from '../../../fixtures/office/members.ts'
import { explainedFixture, salesFixture, totalsFixture } from '../../../fixtures/sales-shown.ts'
import { longMenuFixture, menuFixture } from '../../../fixtures/menus-shown.ts'
import {
  badHealthFixture,
  FIXTURE_NOW_MS,
  healthFixture,
  trialFixture,
  viewFixtures,
} from '../../../fixtures/views.ts'

/** Shows one fixture: `#screen/fixture/language`. Not part of the product. */
function placeNow() {
  const [screen = 'seniors', fixture = 'idle', language = 'zh-CN'] = location.hash.slice(1).split('/')
  return { screen, fixture, language: isLanguage(language) ? language : ('zh-CN' as Language) }
}

function Gallery() {
  const [place, setPlace] = useState(placeNow)
  useEffect(() => {
    const follow = () => setPlace(placeNow())
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  useEffect(() => {
    document.documentElement.lang = place.language
    void words.changeLanguage(place.language)
  }, [place.language])
  return (
    <div data-shown={`${place.screen}/${place.fixture}/${place.language}`}>
      <Shown {...place} />
    </div>
  )
}

const player = new VoicePlayer()

/** Says the two announcements that a test asks for, the second one while the first is being said. */
function VoiceBox({ language }: { readonly language: Language }) {
  const [state, setState] = useState('loading')
  useEffect(() => {
    void player.setLanguage(language).then(() => setState('ready'))
  }, [language])
  const say = async () => {
    setState('saying')
    const first = player.say(speechToClips(SPOKEN.total, language))
    const second = player.say(speechToClips(SPOKEN.paid, language))
    await Promise.all([first, second])
    setState('said')
  }
  return (
    <button type="button" data-voice={state} onClick={() => void say()}>
      {state}
    </button>
  )
}

/** A bay's own page, which is told one view after the other: `view` names the fixture, `speak` whether bays speak. */
function LiveBay({ language }: { readonly language: Language }) {
  useEffect(() => {
    useSettings.setState({ counterLanguage: language })
    const tell = (event: Event) => {
      if (!(event instanceof CustomEvent)) return
      const { view, speak } = event.detail as { readonly view: string; readonly speak: boolean }
      useSettings.setState({ baysSpeak: speak })
      useBays.setState({ bay: bayFixtures[view] ?? null })
    }
    globalThis.addEventListener('fixture-bay', tell)
    return () => globalThis.removeEventListener('fixture-bay', tell)
  }, [language])
  return <BayPage />
}

const idleHands: TrialHands = {
  placePlate: () => Promise.resolve(true),
  removePlate: () => Promise.resolve(true),
  tapCard: () => Promise.resolve(true),
  setPlugged: () => Promise.resolve(true),
  setBayPlugged: () => Promise.resolve(true),
  tapBay: () => Promise.resolve(true),
  takeFood: () => Promise.resolve(true),
  refillPan: () => Promise.resolve(true),
  setHand: () => Promise.resolve(true),
  setPaper: () => Promise.resolve(true),
}
const trialScreens: TrialScreens = {
  bays: Object.fromEntries(
    ['taking', 'weight-rose'].flatMap((name, at) => {
      const bay = bayFixtures[name]
      return bay === undefined ? [] : [[`bay-${at + 1}`, bay]]
    }),
  ),
  exit: exitFixtures['paid'] ?? null,
}

/** Refuses every key, and writes down what was pressed where a test can read it. */
const pressed: string[] = []
const refusingPress = (key: StaffKey) => {
  pressed.push(JSON.stringify(key))
  document.documentElement.dataset['pressed'] = pressed.join('\n')
  return Promise.resolve('NOT_NOW' as const)
}

function Shown({ screen, fixture, language }: ReturnType<typeof placeNow>) {
  const [name = 'idle', variant] = fixture.split('~')
  const [bay, exit] = [bayFixtures[name], exitFixtures[name]]
  if (screen === 'bay' && bay !== undefined) return <BayScreen view={bay} language={language} trial={false} />
  if (screen === 'exit' && exit !== undefined)
    return <ExitScreen view={exit} language={language} trial={false} />
  const view = viewFixtures[name]
  if (view === undefined) return <p>no such fixture</p>
  switch (screen) {
    case 'seniors':
      return (
        <>
          <CounterScreen
            view={view}
            menu={variant === 'long' ? longMenuFixture : menuFixture}
            canteenName={healthFixture.canteenName}
            language={language}
            nowMs={FIXTURE_NOW_MS}
            onOtherLanguage={() => undefined}
            onPin={() => Promise.resolve({ kind: 'wrong', triesLeft: 2 })}
          />
          {variant === 'lost' && <WaitingCover connection="checking" />}
        </>
      )
    case 'staff':
      return (
        <StaffScreen
          view={view}
          menu={variant === 'long' ? longMenuFixture : menuFixture}
          health={name === 'all-broken' ? badHealthFixture : healthFixture}
          recent={variant === 'empty' ? [] : salesFixture}
          totals={variant === 'empty' ? null : totalsFixture}
          settings={{ ...DEFAULT_SETTINGS, officeLanguage: language }}
          problem={null}
          photo={view.phase === 'paid' || view.phase === 'confirm' ? photoFixture : null}
          nowMs={FIXTURE_NOW_MS}
          press={refusingPress}
          explain={() => Promise.resolve(explainedFixture)}
          onSettings={() => undefined}
          onOffice={() => undefined}
          onDrawer={() => undefined}
          onConfirm={() => undefined}
        />
      )
    case 'bay-page':
      return <LiveBay language={language} />
    case 'voice':
      return <VoiceBox language={language} />
    case 'trial':
      return <TrialPanel view={trialFixture} screens={trialScreens} hands={idleHands} />
    default:
      return <p>no such screen</p>
  }
}

const words = await createWords(placeNow().language)
const root = document.querySelector('#root')
if (root === null) throw new Error('no root')
createRoot(root).render(
  <I18nextProvider i18n={words}>
    <Gallery />
  </I18nextProvider>,
)
