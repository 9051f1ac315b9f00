import { useEffect, useState } from 'react'

const SECOND_MS = 1_000

/** The time of day for the clock on the screen, never for a decision. */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const ticking = setInterval(() => setNowMs(Date.now()), SECOND_MS)
    return () => clearInterval(ticking)
  }, [])
  return nowMs
}
