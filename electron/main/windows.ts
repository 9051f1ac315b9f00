import { BrowserWindow, screen } from 'electron'
import { kioskPlaces, trialPlaces, type Area, type Place, type ShellWindow } from './arrangement.ts'
import { faultPageOf } from './fault-page.ts'
import { guardKeys } from './kiosk-keys.ts'
import { PAGE_ORIGIN } from './page-url.ts'
import { reviveWhenGone } from './page-revival.ts'
import type { ShellSettings } from './settings.ts'
import type { ShellLog } from './shell-log.ts'
import type { FaultCode } from './supervisor.ts'

const pageOf = (name: ShellWindow) => `${PAGE_ORIGIN}/index.html#/${name}`

/** The windows of this shell. Each is shown when its page can say something. */
export class Windows {
  readonly #settings: ShellSettings
  readonly #preloadPath: string
  readonly #log: ShellLog
  readonly #open = new Map<ShellWindow, BrowserWindow>()
  #faults = 0
  #showsFault = false
  /** Set by the first station that runs on real devices: before it, nobody's desktop is taken over. */
  #kiosk = false

  constructor(settings: ShellSettings, preloadPath: string, log: ShellLog) {
    this.#settings = settings
    this.#preloadPath = preloadPath
    this.#log = log
  }

  /** Opens what is missing, in the way a trial or a canteen needs it, and shows the counter in all. */
  showCounter(trial: boolean): void {
    this.#kiosk = !trial
    for (const [name, place] of this.#places(trial)) {
      const present = this.#open.get(name)
      if (present !== undefined && !this.#showsFault) continue
      void (present ?? this.#create(name, place)).loadURL(pageOf(name))
    }
    this.#showsFault = false
  }

  /** Shows in every window what happened and what to do, in words for whoever stands before it. */
  showFault(code: FaultCode, detail: string): void {
    this.#showsFault = true
    this.#faults += 1
    if (this.#open.size === 0)
      for (const [name, place] of this.#places(!this.#kiosk)) if (name !== 'trial') this.#create(name, place)
    for (const [name, window] of this.#open)
      void window.loadURL(faultPageOf(name, code, detail, this.#faults))
  }

  /** Brings the counter to the front, when somebody starts the program a second time. */
  focus(): void {
    for (const window of this.#open.values()) window.moveTop()
  }

  #places(trial: boolean): Map<ShellWindow, Place> {
    const main = screen.getPrimaryDisplay()
    if (trial) return trialPlaces(this.#settings.windows, main.workArea)
    const others = screen.getAllDisplays().filter((display) => display.id !== main.id)
    const areas: readonly [Area, ...Area[]] = [main.bounds, ...others.map((display) => display.bounds)]
    return kioskPlaces(this.#settings.windows, areas)
  }

  #create(name: ShellWindow, place: Place): BrowserWindow {
    const window = createWindow(name, place, this.#settings, this.#preloadPath)
    this.#open.set(name, window)
    window.on('closed', () => this.#open.delete(name))
    guardKeys(window, place.kiosk, () => this.#swapFront())
    reviveWhenGone(window, this.#log)
    return window
  }

  /** With one screen the windows lie on top of each other: the other one comes to the front. */
  #swapFront(): void {
    const behind = [...this.#open.values()].find((window) => !window.isFocused())
    behind?.moveTop()
    behind?.focus()
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
  const window = new BrowserWindow({
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
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !place.kiosk,
      // The voice speaks without anybody having touched the screen.
      autoplayPolicy: 'no-user-gesture-required',
      // Two windows lie over each other on a machine with one screen; neither may fall asleep.
      backgroundThrottling: false,
      zoomFactor: size === null ? place.zoom : 1,
    },
  })
  window.once('ready-to-show', () => window.show())
  return window
}
