import { BrowserWindow, session, type Session } from 'electron'
import { lockSession } from './lock-down.ts'
import { PAGE_ORIGIN } from './page-url.ts'
import type { PrintPage } from './print-answer.ts'
import type { ShellLog } from './shell-log.ts'

/** A page of a day's figures takes a fraction of this; one that takes longer hangs. */
const PRINTED_WITHIN_MS = 20_000

/** A page brings its own styles and pictures; no script runs anyway. */
const PRINT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"

/** Chromium's own template: it fills in the two numbers. Its text has no size unless it is given one. */
const FOOTER = `<div style="width:100%;font-size:8px;color:#6d5f55;text-align:center">
<span class="pageNumber"></span> / <span class="totalPages"></span></div>`

/**
 * Prints pages that the station made, one after the other, each in a window of its own that nobody sees: sandboxed, without
 * scripts, in a session that reaches nothing but the page itself. Only after the application is ready.
 */
export function pagePrinter(log: ShellLog): PrintPage {
  const pages = new Map<string, string>()
  const printing = printSession(pages, log)
  let count = 0
  let last: Promise<unknown> = Promise.resolve()
  return (html) => {
    const address = `${PAGE_ORIGIN}/print/${(count += 1)}`
    const print = async () => {
      pages.set(address, html)
      try {
        return await printedPage(address, printing)
      } finally {
        pages.delete(address)
      }
    }
    const printed = last.then(print, print)
    last = printed
    return printed
  }
}

/** Forgets everything with this process, and answers with the pages at hand alone. */
function printSession(pages: ReadonlyMap<string, string>, log: ShellLog): Session {
  const printing = session.fromPartition('canteen-print')
  lockSession(printing, log)
  printing.protocol.handle('app', (request) => {
    const html = pages.get(request.url)
    if (html === undefined) return new Response(null, { status: 404 })
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': PRINT_POLICY,
      'cache-control': 'no-store',
    }
    return new Response(html, { headers })
  })
  return printing
}

async function printedPage(address: string, printing: Session): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: printing,
      javascript: false,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
      backgroundThrottling: false,
    },
  })
  const tooLate = Promise.withResolvers<never>()
  const gone = (_event: unknown, { reason }: { readonly reason: string }) =>
    tooLate.reject(new Error(`the page ended: ${reason}`))
  window.webContents.once('render-process-gone', gone)
  const impatience = setTimeout(() => {
    tooLate.reject(new Error(`not printed within ${PRINTED_WITHIN_MS / 1000} s`))
  }, PRINTED_WITHIN_MS)
  try {
    return await Promise.race([tooLate.promise, loadedAndPrinted(window, address)])
  } finally {
    clearTimeout(impatience)
    window.destroy()
  }
}

async function loadedAndPrinted(window: BrowserWindow, address: string): Promise<Uint8Array> {
  await window.loadURL(address)
  return await window.webContents.printToPDF({
    preferCSSPageSize: true,
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: FOOTER,
  })
}
