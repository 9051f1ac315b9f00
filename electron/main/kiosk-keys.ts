import type { BrowserWindow, Input } from 'electron'

/** The key that swaps both windows on a machine with one screen. */
const SWAP_KEY = 'F8'

/** What leads out of a kiosk or changes its size: refused there whatever else is pressed with it. */
const ALWAYS_REFUSED: readonly string[] = [
  'F3',
  'F5',
  'F6',
  'F7',
  'F10',
  'F11',
  'F12',
  'BrowserBack',
  'BrowserForward',
]
/** With Control or the command key: close, reload, new, open, print, save, find, source, developer tools, zoom. */
const REFUSED_WITH_CONTROL: readonly string[] = [
  ...'w r q t n o p s f u i j h l'.split(' '),
  '+',
  '-',
  '=',
  '_',
  '0',
  'tab',
  'f4',
]
const REFUSED_WITH_ALT: readonly string[] = ['f4', 'arrowleft', 'arrowright', 'home', ' ']

export type KeyPress = Pick<Input, 'key' | 'control' | 'alt' | 'meta'>

/** Whether a key press would lead out of the counter (failure scenario: a USB keyboard at the kiosk). */
export function leadsOut(press: KeyPress): boolean {
  const key = press.key.toLowerCase()
  if (ALWAYS_REFUSED.some((name) => name.toLowerCase() === key)) return true
  if (press.control || press.meta) return REFUSED_WITH_CONTROL.includes(key)
  return press.alt && REFUSED_WITH_ALT.includes(key)
}

/** Guards a window's keyboard; only a kiosk refuses keys, a trial is somebody's own desktop. */
export function guardKeys(window: BrowserWindow, kiosk: boolean, swap: () => void): void {
  window.webContents.on('before-input-event', (event, input) => {
    if (kiosk && leadsOut(input)) event.preventDefault()
    if (input.type === 'keyDown' && input.key === SWAP_KEY) swap()
  })
  if (!kiosk) return
  void window.webContents.setVisualZoomLevelLimits(1, 1)
  window.on('close', (event) => {
    // A kiosk closes with the machine or its service, never by a window's own button.
    if (!quitting.has(window)) event.preventDefault()
  })
}

const quitting = new WeakSet<BrowserWindow>()

/** From now on this window may close: the whole program is ending. */
export function allowClosing(window: BrowserWindow): void {
  quitting.add(window)
}
