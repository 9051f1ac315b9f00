import { useCallback, useState } from 'react'

/** The height that an element has got, in pixels; 0 until it is there. Tables that scroll by themselves want to know it. */
export function useHeight(): [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [height, setHeight] = useState(0)
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined
    const watching = new ResizeObserver(() => setHeight(element.clientHeight))
    watching.observe(element)
    return () => watching.disconnect()
  }, [])
  return [measure, height]
}
