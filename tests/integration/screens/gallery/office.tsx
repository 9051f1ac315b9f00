import '@fontsource-variable/noto-sans-sc/wght.css'
import { RPCHandler } from '@orpc/server/message-port'
import { createRoot, type Root } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import type { StoreApi } from 'zustand'
import { createWords } from '../../../../renderer/i18n/index.ts'
import { isLanguage } from '../../../../renderer/i18n/language.ts'
import { StaffWindow } from '../../../../renderer/office/shell/staff-window.tsx'
import { useBays } from '../../../../renderer/stores/bays.ts'
import { clientOver } from '../../../../renderer/stores/client.ts'
import { queries } from '../../../../renderer/stores/office.ts'
import { useLeaving } from '../../../../renderer/stores/place.ts'
import { useProblems } from '../../../../renderer/stores/problems.ts'
import { useSales } from '../../../../renderer/stores/sales.ts'
import { followStation } from '../../../../renderer/stores/session.ts'
import { useSettings } from '../../../../renderer/stores/settings.ts'
import { useStaff } from '../../../../renderer/stores/staff.ts'
import { useStation } from '../../../../renderer/stores/station.ts'
import { useTrial } from '../../../../renderer/stores/trial.ts'
import '../../../../renderer/ui/art/art.css'
import '../../../../renderer/ui/base.css'
import '../../../../renderer/ui/tokens.css'
import { STAFF_ROLES } from '../../../../shared/domain/staff.ts'
import { LISTS } from '../../../fixtures/office/member-import.ts'
import { sceneRouter, type OfficeScene } from '../../../fixtures/office/station.ts'

const STATES = ['usual', 'first-run', 'locked-out', 'empty', 'book-closed'] as const
const SCALES = ['usual', 'due', 'under-way', 'failed', 'none'] as const

/** What the fixture station is asked for: `role=manager&state=usual&counter=idle`. */
function sceneOf(asked: URLSearchParams): OfficeScene {
  return {
    role: STAFF_ROLES.find((role) => role === asked.get('role')) ?? null,
    counter: asked.get('counter') ?? 'idle',
    state: STATES.find((state) => state === asked.get('state')) ?? 'usual',
    list: LISTS.find((list) => list === asked.get('list')) ?? 'idle',
    scale: SCALES.find((scale) => scale === asked.get('scale')) ?? 'usual',
  }
}

const begunAnew = <State,>(store: StoreApi<State>): void => store.setState(store.getInitialState(), true)
const holder = document.querySelector('#root')
if (holder === null) throw new Error('no root')
let following = new AbortController()
let root: Root | null = null
let played = 0

/**
 * The staff's window as it is, on a station that answers from fixtures over a real port. Not part of the product. A scene
 * begins with nothing of the one before it: a new station, empty stores, no answers remembered.
 */
async function play(scene: OfficeScene): Promise<void> {
  root?.unmount()
  following.abort()
  following = new AbortController()
  begunAnew(useBays)
  begunAnew(useLeaving)
  begunAnew(useProblems)
  begunAnew(useSales)
  begunAnew(useSettings)
  begunAnew(useStaff)
  begunAnew(useStation)
  begunAnew(useTrial)
  queries.clear()
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(sceneRouter(scene)).upgrade(port1)
  port1.start()
  const words = await createWords(useSettings.getState().officeLanguage)
  root = createRoot(holder as Element)
  root.render(
    <I18nextProvider i18n={words}>
      <StaffWindow />
    </I18nextProvider>,
  )
  followStation(clientOver(port2), { sales: true, staff: true, trial: false }, following.signal)
  holder?.setAttribute('data-scene', String(played))
  played += 1
}

globalThis.addEventListener('fixture-language', (event) => {
  if (event instanceof CustomEvent && isLanguage(event.detail))
    useSettings.setState({ officeLanguage: event.detail })
})
globalThis.addEventListener('fixture-scene', (event) => {
  if (!(event instanceof CustomEvent) || typeof event.detail !== 'string') return
  const { searchParams, hash } = new URL(event.detail, location.href)
  location.hash = hash
  void play(sceneOf(searchParams))
})

await play(sceneOf(new URLSearchParams(location.search)))
