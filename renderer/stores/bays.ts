import { create } from 'zustand'
import type { BayView, ExitView } from '../../shared/domain/bays/view.ts'

/** What a bay's screen, or the exit's, was last told; null until the station has said it, and while it is away. */
export const useBays = create<{ readonly bay: BayView | null; readonly exit: ExitView | null }>(() => ({
  bay: null,
  exit: null,
}))

const BAY = '#/bay/'
export const EXIT_HASH = '#/exit' as const

/** The bay whose screen an address names, or null. */
export const bayOfHash = (hash: string): string | null =>
  hash.startsWith(BAY) && hash.length > BAY.length ? decodeURIComponent(hash.slice(BAY.length)) : null
