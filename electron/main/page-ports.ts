import { ipcMain, type MessagePortMain, type WebContents } from 'electron'
import { isOwnPage } from './page-url.ts'
import type { ShellLog } from './shell-log.ts'

export interface PagePorts {
  /** The station serves (again): every page that asked gets a fresh port. */
  handOut(): void
  /** The station is gone: pages are told; their old ports are closed by its host. */
  tellLost(): void
}

/** Gives each page that asks its port to the station. Messages count only from the main frame of an own page. */
export function servePorts(
  connect: () => MessagePortMain | null,
  tryAgain: () => void,
  log: ShellLog,
): PagePorts {
  const asked = new Set<WebContents>()
  const followed = new WeakSet<WebContents>()

  const give = (page: WebContents) => {
    const port = connect()
    if (port !== null) page.postMessage('canteen:port', null, [port])
  }
  const fromOwnPage = (channel: string, act: (page: WebContents) => void) =>
    ipcMain.on(channel, (event) => {
      const frame = event.senderFrame
      if (frame !== null && frame === event.sender.mainFrame && isOwnPage(frame.url)) act(event.sender)
    })

  const follow = (page: WebContents) => {
    if (followed.has(page)) return
    followed.add(page)
    page.once('destroyed', () => asked.delete(page))
    // A window that goes to another page, the fault page for one, must ask anew.
    page.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) asked.delete(page)
    })
  }

  fromOwnPage('canteen:ready', (page) => {
    log('page-asked', { page: page.getURL() })
    asked.add(page)
    follow(page)
    give(page)
  })
  fromOwnPage('canteen:try-again', tryAgain)
  return {
    handOut: () => {
      for (const page of asked) give(page)
    },
    tellLost: () => {
      for (const page of asked) page.send('canteen:station-lost')
    },
  }
}
