import { useEffect } from 'react'
import { stationNow } from '../../stores/office.ts'
import { withStation } from '../../stores/with-station.ts'

/** Often enough for the shortest lock, seldom enough for the wire. */
const EVERY_MS = 15_000

/** Tells the station that somebody uses this window, so that it does not lock itself under her hands. */
export function useTouches(signedIn: boolean): void {
  useEffect(() => {
    if (!signedIn) return undefined
    let saidAtMs = performance.now()
    const touched = (event: Event) => {
      if (event.timeStamp - saidAtMs < EVERY_MS) return
      saidAtMs = event.timeStamp
      void withStation(stationNow.staff.touch())
    }
    const kinds = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
    for (const kind of kinds) window.addEventListener(kind, touched, { passive: true })
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, touched)
    }
  }, [signedIn])
}
