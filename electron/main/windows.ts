import { BrowserWindow, screen } from 'electron'
import { join } from 'node:path'
import { kioskPlaces, trialPlaces, type Place, type ShellWindow } from './arrangement.ts'
import type { FaultCode } from './supervisor.ts'
import type { ShellSettings } from './settings.ts'
import { PAGE_ORIGIN } from './page-url.ts'
import { guardKeys } from './kiosk-keys.ts'

const pageOf = (name: ShellWindow) => `${PAGE_ORIGIN}/index.html#/${name}`

/** Seniors read that they should ask; staff read what happened and what to do. */
const faultPageOf = (name: ShellWindow, code: FaultCode) =>
  `${PAGE_ORIGIN}/fault/fault.html#${name === 'seniors' ? 'seniors' : code}`

export interface Windows {
  /** Opens what is missing, in the way a trial or a canteen needs it, and shows the counter in all. */
  showCounter(trial: boolean): void
  showFault(code: FaultCode): void
  /** Brings a window to the front, when somebody starts the program a second time. */
  focus(): void
}

/** The windows of this shell. Pages are loaded hidden and shown when they can say something. */
export function createWindows(settings: ShellSettings, outFolder: string): Windows {
  const open = new Map<ShellWindow, BrowserWindow>()
  let showsFault = false

  const window = (name: ShellWindow, place: Place): BrowserWindow => {
    const existing = open.get(name)
    if (existing !== undefined) return existing
    const created = createWindow(name, place, settings, join(outFolder, 'preload', 'index.cjs'))
    open.set(name, created)
    created.on('closed', () => open.delete(name))
    guardKeys(created, place.kiosk, () => swapFront(open))
    return created
  }
  const places = (trial: boolean) => {
    const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()]
    const areas = displays
      .filter((display, index) => displays.findIndex((other) => other.id === display.id) === index)
      .map((display) => (trial ? display.workArea : display.bounds))
    const [main] = areas
    return trial && main ? trialPlaces(settings.windows, main) : kioskPlaces(settings.windows, areas)
  }
  return {
    showCounter(trial) {
      for (const [name, place] of places(trial)) {
        const isNew = !open.has(name)
        const shown = window(name, place)
        if (isNew || showsFault) void shown.loadURL(pageOf(name))
      }
      showsFault = false
    },
    showFault(code) {
      showsFault = true
      if (open.size === 0) for (const [name, place] of places(false)) window(name, place)
      for (const [name, shown] of open) void shown.loadURL(faultPageOf(name, code))
    },
    focus() {
      const [first] = open.values()
      first?.focus()
    },
  }
}

function createWindow(
  name: ShellWindow,
  place: Place,
  settings: ShellSettings,
  preload: string,
): BrowserWindow {
  const size = settings.windowSize
  const kiosk = place.kiosk && size === null
  const created = new BrowserWindow({
    x: place.x,
    y: place.y,
    width: size?.width ?? place.width,
    height: size?.height ?? place.height,
    useContentSize: size !== null,
    kiosk,
    fullscreen: kiosk,
    frame: size === null && !kiosk,
    title: name,
    backgroundColor: '#f7f1e5',
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !kiosk,
      // The voice speaks without anybody having touched the screen.
      autoplayPolicy: 'no-user-gesture-required',
      // Two windows lie over each other on a machine with one screen; neither may fall asleep.
      backgroundThrottling: false,
      zoomFactor: size === null ? place.zoom : 1,
    },
  })
  created.once('ready-to-show', () => created.show())
  return created
}

/** With one screen the windows lie on top of each other: the other one comes to the front. */
function swapFront(open: ReadonlyMap<ShellWindow, BrowserWindow>): void {
  const behind = [...open.values()].find((window) => !window.isFocused())
  behind?.moveTop()
  behind?.focus()
}
