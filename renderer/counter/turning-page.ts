import { useEffect, useState } from 'react'

/** The page to show now: turns by itself after `turnMs` each, and stands still when there is only one. */
export function useTurningPage(pages: number, turnMs: number): number {
  const [page, setPage] = useState(0)
  useEffect(() => {
    if (pages < 2) return undefined
    const turning = setInterval(() => setPage((current) => current + 1), turnMs)
    return () => clearInterval(turning)
  }, [pages, turnMs])
  return pages === 0 ? 0 : page % pages
}
