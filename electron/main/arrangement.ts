import type { WindowName } from './settings.ts'

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Place extends Area {
  readonly kiosk: boolean
  /** Shrinks a page so that it still lays itself out for the screen it was drawn for. */
  readonly zoom: number
}

export type ShellWindow = WindowName | 'trial'

/** The smallest screen the pages are drawn for. */
const DRAWN_FOR = { width: 1280, height: 800 }

/**
 * Where each window of a canteen's machine stands: one screen each, filled. With a single screen both fill it, the
 * seniors' in front, and F8 swaps them.
 *
 * @param displays the work areas, the main one first
 */
export function kioskPlaces(
  windows: readonly WindowName[],
  displays: readonly Area[],
): Map<ShellWindow, Place> {
  const [main, second] = displays
  if (main === undefined) throw new Error('a shell without a display')
  const places = new Map<ShellWindow, Place>()
  for (const name of windows) {
    const area = name === 'seniors' && windows.length > 1 ? (second ?? main) : main
    places.set(name, { ...area, kiosk: true, zoom: 1 })
  }
  return places
}

/** The trial on one screen: both screens of the counter in miniature side by side, the panel with the hands below. */
export function trialPlaces(windows: readonly WindowName[], screen: Area): Map<ShellWindow, Place> {
  const width = Math.floor(screen.width / windows.length)
  const height = Math.min(
    Math.round((width * DRAWN_FOR.height) / DRAWN_FOR.width),
    Math.round((screen.height * 2) / 3),
  )
  const zoom = Math.min(1, width / DRAWN_FOR.width, height / DRAWN_FOR.height)
  const places = new Map<ShellWindow, Place>()
  windows.forEach((name, index) =>
    places.set(name, { x: screen.x + index * width, y: screen.y, width, height, kiosk: false, zoom }),
  )
  const panel = { x: screen.x, y: screen.y + height, width: screen.width, height: screen.height - height }
  // Chromium keeps one zoom for all pages of an origin.
  places.set('trial', { ...panel, kiosk: false, zoom })
  return places
}
