import '@fontsource-variable/noto-sans-sc/wght.css'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { BayPage, ExitPage } from './bays/bay-pages.tsx'
import { CounterPage } from './counter/counter-page.tsx'
import { createWords } from './i18n/index.ts'
import { StaffWindow } from './office/shell/staff-window.tsx'
import { bayOfHash, EXIT_HASH } from './stores/bays.ts'
import { COUNTER_HASH, isStaffHash } from './stores/place.ts'
import { listenForStation } from './stores/session.ts'
import { loadSettings, useSettings } from './stores/settings.ts'
import { TrialPage } from './trial/trial-page.tsx'
import './ui/art/art.css'
import './ui/base.css'
import './ui/tokens.css'

/** Which screen a window is: `#/seniors`, `#/staff` (and the office behind it), `#/bay/ID`, `#/exit` or `#/trial`. */
const SCREENS = {
  '#/seniors': {
    title: '长者屏',
    Page: CounterPage,
    wants: { sales: false, staff: false, trial: false },
  },
  '#/staff': { title: '收银台', Page: StaffWindow, wants: { sales: true, staff: true, trial: false } },
  '#/bay': { title: '菜台', Page: BayPage, wants: { sales: false, staff: false, trial: false } },
  [EXIT_HASH]: {
    title: '出口',
    Page: ExitPage,
    wants: { sales: false, staff: false, trial: false, exit: true },
  },
  '#/trial': { title: '演示操作台', Page: TrialPage, wants: { sales: false, staff: false, trial: true } },
} as const

const isScreen = (hash: string): hash is keyof typeof SCREENS => Object.hasOwn(SCREENS, hash)

function screenOf(hash: string): keyof typeof SCREENS {
  if (isStaffHash(hash)) return COUNTER_HASH
  if (bayOfHash(hash) !== null) return '#/bay'
  return isScreen(hash) ? hash : '#/seniors'
}

async function start(root: Element): Promise<void> {
  const { title, Page, wants } = SCREENS[screenOf(location.hash)]
  document.title = title
  loadSettings(window)
  const words = await createWords(useSettings.getState().officeLanguage)
  createRoot(root).render(
    <I18nextProvider i18n={words}>
      <Page />
    </I18nextProvider>,
  )
  const bay = bayOfHash(location.hash)
  listenForStation(window, bay === null ? wants : { ...wants, bay })
}

const started = screenOf(location.hash)
// A window that is sent to another screen starts afresh there; the office is on the counter's own.
window.addEventListener('hashchange', () => {
  if (screenOf(location.hash) !== started) location.reload()
})
const root = document.querySelector('#root')
if (root === null) throw new Error('the page has no place for the screen')
void start(root)
