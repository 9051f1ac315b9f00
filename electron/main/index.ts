import { app, BrowserWindow, powerSaveBlocker, session, type MessagePortMain } from 'electron'
import { join } from 'node:path'
import { childProcessHost } from './hosts/child-process-host.ts'
import { electronChannel } from './hosts/electron-channel.ts'
import type { StationHost } from './hosts/station-host.ts'
import { utilityProcessHost } from './hosts/utility-process-host.ts'
import { allowClosing } from './kiosk-keys.ts'
import { lockPages, lockSession } from './lock-down.ts'
import { registerPageScheme, servePages } from './page-protocol.ts'
import { servePorts } from './page-ports.ts'
import { hostFor, shellSettings, type ShellSettings } from './settings.ts'
import { shellLog } from './shell-log.ts'
import { pagePrinter } from './print-page.ts'
import { Supervisor } from './supervisor.ts'
import { systemTimers } from './system-timers.ts'
import { Windows } from './windows.ts'

/**
 * The shell's boot order: one instance, a scheme of its own, a locked-down session, the station, then windows as soon as
 * the station says how it runs.
 */
const STOP_GRACE_MS = 5_000

const appFolder = app.getAppPath()
const outFolder = join(__dirname, '..')
const settings = shellSettings(process.env, {
  appFolder,
  homeFolder: app.getPath('home'),
  platform: process.platform,
  arch: process.arch,
})
app.setPath('userData', join(settings.dataFolder, 'shell'))

if (app.requestSingleInstanceLock()) {
  // Each window is sandboxed anyway; as root, in development, Chromium allows no sandbox at all.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  registerPageScheme()
  void app.whenReady().then(runShell)
} else {
  app.quit()
}

function stationHost(chosen: ShellSettings): StationHost<MessagePortMain> {
  const entryPath = join(outFolder, 'station', 'entry.js')
  const { NODE_OPTIONS: _, ...inherited } = process.env
  const environment = definedOnly({
    ...inherited,
    CANTEEN_DATA: chosen.dataFolder,
    CANTEEN_RESOURCES: appFolder,
  })
  return hostFor(chosen, Number(process.versions['napi'] ?? 0)) === 'utility'
    ? utilityProcessHost({ entryPath, environment })
    : childProcessHost({ nodePath: chosen.nodePath, entryPath, environment, channel: electronChannel })
}

function definedOnly(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

function runShell(): void {
  const log = shellLog(join(app.getPath('userData'), 'logs', 'shell.log'))
  const windows = new Windows(settings, join(outFolder, 'preload', 'index.cjs'), log)
  lockPages(log)
  lockSession(session.defaultSession, log)
  servePages(session.defaultSession, {
    pages: join(outFolder, 'renderer'),
    voice: join(outFolder, 'voice'),
    recordedVoice: join(settings.dataFolder, 'voice'),
    fault: join(outFolder, 'fault'),
  })
  const supervisor = new Supervisor(stationHost(settings), systemTimers, {
    log,
    onReady: (trial) => {
      windows.showCounter(trial)
      ports.handOut()
    },
    onLost: () => ports.tellLost(),
    onPrint: pagePrinter(log),
    onFault: (code, detail) => {
      log('fault', { code, detail })
      windows.showFault(code, detail)
    },
  })
  const ports = servePorts(
    () => supervisor.connect(),
    () => supervisor.tryAgain(),
    log,
  )
  supervisor.start()
  powerSaveBlocker.start('prevent-display-sleep')
  app.on('second-instance', () => windows.focus())
  app.on('window-all-closed', () => app.quit())
  stopBeforeQuitting(() => supervisor.stop(STOP_GRACE_MS))
}

/** The station closes its book first; only then does the program end. */
function stopBeforeQuitting(stop: () => Promise<void>): void {
  let stopped = false
  app.on('before-quit', (event) => {
    for (const window of BrowserWindow.getAllWindows()) allowClosing(window)
    if (stopped) return
    event.preventDefault()
    void stop().then(() => {
      stopped = true
      app.quit()
    })
  })
}
