import type { InputRef } from 'antd'
import { useEffect, type RefObject } from 'react'

/** `/` puts the cursor into the page's search field, wherever it is but in another field. */
export function useSlashFocus(field: RefObject<InputRef | null>): void {
  useEffect(() => {
    const follow = (event: KeyboardEvent) => {
      const writes = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
      if (event.key !== '/' || writes) return
      event.preventDefault()
      field.current?.focus({ cursor: 'all' })
    }
    window.addEventListener('keydown', follow)
    return () => window.removeEventListener('keydown', follow)
  }, [field])
}
