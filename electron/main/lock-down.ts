import { app, Menu, type Session, type WebContents } from 'electron'
import { isOwnPage } from './page-url.ts'
import type { ShellLog } from './shell-log.ts'

/** Denies a session everything a canteen does not need: permissions, devices, downloads, the network (SPEC SE-3). */
export function lockSession(session: Session, log: ShellLog): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log('permission-denied', { permission })
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => {
    event.preventDefault()
    log('download-denied', {})
  })
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = isOwnPage(details.url) || ALLOWED_SCHEMES.includes(new URL(details.url).protocol)
    if (!allowed) log('request-denied', { url: details.url })
    answer({ cancel: !allowed })
  })
}

/** `data:` for pictures, as the content security policy says; `devtools:` only exists where developer tools may open. */
const ALLOWED_SCHEMES: readonly string[] = ['data:', 'blob:', 'devtools:']

/** Holds for every page that will ever exist: it stays where it is and opens nothing. */
export function lockPages(log: ShellLog): void {
  Menu.setApplicationMenu(null)
  app.on('web-contents-created', (_event, contents) => lockContents(contents, log))
}

function lockContents(contents: WebContents, log: ShellLog): void {
  contents.setWindowOpenHandler(({ url }) => {
    log('window-denied', { url })
    return { action: 'deny' }
  })
  contents.on('will-navigate', (event) => {
    event.preventDefault()
    log('navigation-denied', { url: event.url })
  })
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault()
    log('navigation-denied', { url: event.url })
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    log('webview-denied', {})
  })
}
