import { ipcRenderer } from 'electron'

/**
 * Hands the page its port to the station, and nothing else. Page → shell: `{ kind: 'canteen:ready' }` asks for a port,
 * `{ kind: 'canteen:try-again' }` comes from the fault page. Shell → page: `{ kind: 'canteen:port' }` with the port in
 * `ports[0]`, again after every restart of the station; `{ kind: 'canteen:station-lost' }` when the station died.
 */
const PAGE = 'app://canteen'
const FROM_PAGE: readonly unknown[] = ['canteen:ready', 'canteen:try-again']

ipcRenderer.on('canteen:port', (event) =>
  window.postMessage({ kind: 'canteen:port' }, PAGE, [...event.ports]),
)
ipcRenderer.on('canteen:station-lost', () => window.postMessage({ kind: 'canteen:station-lost' }, PAGE))
window.addEventListener('message', (event: MessageEvent<{ kind?: unknown } | null>) => {
  if (event.source !== window || event.origin !== PAGE) return
  const kind = event.data?.kind
  if (typeof kind === 'string' && FROM_PAGE.includes(kind)) ipcRenderer.send(kind)
})
