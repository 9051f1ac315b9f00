import '@fontsource-variable/noto-sans-sc/wght.css'
import { RPCHandler } from '@orpc/server/message-port'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { createWords } from '../../../../renderer/i18n/index.ts'
import { isLanguage } from '../../../../renderer/i18n/language.ts'
import { StaffWindow } from '../../../../renderer/office/shell/staff-window.tsx'
import { clientOver } from '../../../../renderer/stores/client.ts'
import { followStation } from '../../../../renderer/stores/session.ts'
import { useSettings } from '../../../../renderer/stores/settings.ts'
import '../../../../renderer/ui/art/art.css'
import '../../../../renderer/ui/base.css'
import '../../../../renderer/ui/tokens.css'
import { STAFF_ROLES } from '../../../../shared/domain/staff.ts'
import { LISTS } from '../../../fixtures/office/member-import.ts'
import { sceneRouter, type OfficeScene } from '../../../fixtures/office/station.ts'

/**
 * The staff's window as it is, on a station that answers from fixtures over a real port:
 * `office.html?role=manager&state=usual&counter=idle#/office/menu`. Not part of the product.
 */
const asked = new URLSearchParams(location.search)
const STATES = ['usual', 'first-run', 'locked-out', 'empty', 'book-closed'] as const
const SCALES = ['usual', 'due', 'under-way', 'failed', 'none'] as const
const scene: OfficeScene = {
  role: STAFF_ROLES.find((role) => role === asked.get('role')) ?? null,
  counter: asked.get('counter') ?? 'idle',
  state: STATES.find((state) => state === asked.get('state')) ?? 'usual',
  list: LISTS.find((list) => list === asked.get('list')) ?? 'idle',
  scale: SCALES.find((scale) => scale === asked.get('scale')) ?? 'usual',
}
globalThis.addEventListener('fixture-language', (event) => {
  if (event instanceof CustomEvent && isLanguage(event.detail))
    useSettings.setState({ officeLanguage: event.detail })
})

const { port1, port2 } = new MessageChannel()
new RPCHandler(sceneRouter(scene)).upgrade(port1)
port1.start()

const words = await createWords(useSettings.getState().officeLanguage)
const root = document.querySelector('#root')
if (root === null) throw new Error('no root')
createRoot(root).render(
  <I18nextProvider i18n={words}>
    <StaffWindow />
  </I18nextProvider>,
)
followStation(clientOver(port2), { sales: true, staff: true, trial: false }, new AbortController().signal)
