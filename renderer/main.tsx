import '@fontsource-variable/noto-sans-sc/wght.css'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { CounterPage } from './counter/counter-page.tsx'
import { createWords } from './i18n/index.ts'
import { StaffPage } from './office/counter/staff-page.tsx'
import { listenForStation } from './stores/session.ts'
import { loadSettings, useSettings } from './stores/settings.ts'
import { TrialPage } from './trial/trial-page.tsx'
import './ui/art/art.css'
import './ui/base.css'
import './ui/tokens.css'

/** Which screen a window is: `#/seniors`, `#/staff` or `#/trial`. */
const SCREENS = {
  '#/seniors': { title: '长者屏', Page: CounterPage, wants: { sales: false, trial: false } },
  '#/staff': { title: '收银台', Page: StaffPage, wants: { sales: true, trial: false } },
  '#/trial': { title: '演示操作台', Page: TrialPage, wants: { sales: false, trial: true } },
} as const

const isScreen = (hash: string): hash is keyof typeof SCREENS => Object.hasOwn(SCREENS, hash)

async function start(root: Element): Promise<void> {
  const { title, Page, wants } = SCREENS[isScreen(location.hash) ? location.hash : '#/seniors']
  document.title = title
  loadSettings(window)
  const words = await createWords(useSettings.getState().officeLanguage)
  createRoot(root).render(
    <I18nextProvider i18n={words}>
      <Page />
    </I18nextProvider>,
  )
  listenForStation(window, wants)
}

// A window that is sent to another screen starts afresh there.
window.addEventListener('hashchange', () => location.reload())
const root = document.querySelector('#root')
if (root === null) throw new Error('the page has no place for the screen')
void start(root)
