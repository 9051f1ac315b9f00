import { useEffect, useSyncExternalStore } from 'react'
import { create } from 'zustand'

/** Where the staff's window is: the counter, or a page of the office with what it shows (`#/office/members/m-1`). */
export type Place =
  | { readonly at: 'counter' }
  | { readonly at: 'office'; readonly page: string; readonly detail: string | null }

export const COUNTER_HASH = '#/staff'
const OFFICE = '#/office/'

/** Whether an address is one of the staff window's own; going between those keeps the page and its connection. */
export const isStaffHash = (hash: string): boolean => hash === COUNTER_HASH || hash.startsWith(OFFICE)

export function placeOf(hash: string): Place {
  if (!hash.startsWith(OFFICE)) return { at: 'counter' }
  const [page = '', ...rest] = hash.slice(OFFICE.length).split('/')
  const detail = rest.join('/')
  return { at: 'office', page, detail: detail === '' ? null : decodeURIComponent(detail) }
}

export const officeHash = (page: string, detail?: string): string =>
  `${OFFICE}${page}${detail === undefined ? '' : `/${encodeURIComponent(detail)}`}`

interface Leaving {
  /** The page in front holds work that leaving would lose. */
  readonly unsaved: boolean
  /** Where the person wanted to go when she was asked. */
  readonly wanted: string | null
}

export const useLeaving = create<Leaving>(() => ({ unsaved: false, wanted: null }))

let lastInOffice = officeHash('menu')

/** Back to the office, where it was left. */
export const goToOffice = (): void => goTo(lastInOffice)

/** Goes to another place; with unsaved work the person is asked first. */
export function goTo(hash: string): void {
  if (useLeaving.getState().unsaved) useLeaving.setState({ wanted: hash })
  else go(hash)
}

function go(hash: string): void {
  if (hash.startsWith(OFFICE)) lastInOffice = hash
  location.hash = hash
}

/** The person gave the unsaved work up. */
export function leaveAnyway(): void {
  const { wanted } = useLeaving.getState()
  useLeaving.setState({ unsaved: false, wanted: null })
  if (wanted !== null) go(wanted)
}

/** Says for the page in front whether leaving it would lose something. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    useLeaving.setState({ unsaved })
    return () => useLeaving.setState({ unsaved: false, wanted: null })
  }, [unsaved])
}

const follow = (changed: () => void) => {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

export const useHash = (): string => useSyncExternalStore(follow, () => location.hash)
