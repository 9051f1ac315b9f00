import { app } from 'electron'
import { join } from 'node:path'
import type { PrintRequest } from '../../shared/contract/supervision.ts'
import { lockPages } from './lock-down.ts'
import { registerPageScheme } from './page-protocol.ts'
import { printAnswer } from './print-answer.ts'
import { pagePrinter } from './print-page.ts'

/**
 * The runtime as a printer and nothing else, for commands: it answers the same requests that a station sends to its shell,
 * over the pipe of whoever started it, and ends with that pipe.
 */
app.setPath('userData', join(app.getAppPath(), 'profile'))
app.disableHardwareAcceleration()
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerPageScheme()
// A window that has printed is closed; the printer waits for the next page.
app.on('window-all-closed', () => undefined)
process.on('disconnect', () => app.exit(0))

void app.whenReady().then(() => {
  const log = (event: string, data: object) => {
    process.stderr.write(`${JSON.stringify({ event, ...data })}\n`)
  }
  lockPages(log)
  const print = pagePrinter(log)
  process.on('message', (request: PrintRequest) => {
    void printAnswer(request, print).then((answer) => process.send?.(answer))
  })
  process.send?.({ kind: 'ready' })
})
