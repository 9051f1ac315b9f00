/** What a person behind the counter may do; each role may do what the one before it may. */
export const STAFF_ROLES = ['cashier', 'manager', 'admin'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** True when `role` may do what asks for `needed`. */
export const roleReaches = (role: StaffRole, needed: StaffRole): boolean =>
  STAFF_ROLES.indexOf(role) >= STAFF_ROLES.indexOf(needed)

/** The actor of an entry that a person wrote. */
export const staffActor = (staffId: string): string => `staff:${staffId}`
