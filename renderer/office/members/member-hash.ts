import { officeHash } from '../../stores/place.ts'

/** What the address says behind `#/office/members/`: nobody, a new senior, one of them, or her form. */
export const NEW = 'new'
/** Or a whole list of seniors. */
export const IMPORT = 'import'
const EDIT = 'edit:'

export const memberHash = (memberId: string): string => officeHash('members', memberId)
export const editHash = (memberId: string): string => officeHash('members', `${EDIT}${memberId}`)

/** Whose form the address asks for; null when it asks for none. */
export const editedIn = (detail: string | null): string | null =>
  detail?.startsWith(EDIT) === true ? detail.slice(EDIT.length) : null
