/** A second touch on the same key so soon after the first is the same touch: a trembling finger. */
export const SAME_TOUCH_MS = 500

/** When each key was last touched, in milliseconds of one monotonic clock. */
export type Touches = ReadonlyMap<string, number>

export interface Touch {
  readonly touches: Touches
  readonly counts: boolean
}

/**
 * Decides whether a touch counts. Each touch, counted or not, begins the half second anew, so that a tremble of any length
 * is one touch.
 */
export function touch(touches: Touches, key: string, atMs: number): Touch {
  const lastAtMs = touches.get(key)
  const isSame = lastAtMs !== undefined && atMs - lastAtMs < SAME_TOUCH_MS && atMs >= lastAtMs
  return { touches: new Map(touches).set(key, atMs), counts: !isSame }
}
