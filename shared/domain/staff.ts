/** What a person behind the counter may do; each role may do what the one before it may. */
export const STAFF_ROLES = ['cashier', 'manager', 'admin'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** True when `role` may do what asks for `needed`. */
export const roleReaches = (role: StaffRole, needed: StaffRole): boolean =>
  STAFF_ROLES.indexOf(role) >= STAFF_ROLES.indexOf(needed)

/** The actor of an entry that a person wrote. */
export const staffActor = (staffId: string): string => `staff:${staffId}`

/** What people choose who choose nothing: the middle column of the keys, and numbers that sound like words. */
const EVERYBODYS_PINS: ReadonlySet<string> = new Set(['2580', '0852', '1314', '5201314'])

/**
 * True for four to eight digits that are not what anybody would try first: all alike or evenly spaced (1111, 1234, 2468,
 * 9876, 7890), one part again and again (1212, 123123), pairs (1122, 778899), or one that everybody knows.
 */
export function isPinFit(pin: string): boolean {
  if (!/^\d{4,8}$/.test(pin)) return false
  return !isEvenlySpaced(pin) && !isRepetition(pin) && !isInPairs(pin) && !EVERYBODYS_PINS.has(pin)
}

/** Nine is followed by nought, as on the keys. */
function isEvenlySpaced(pin: string): boolean {
  const digits = Array.from(pin, Number)
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10)
  return steps.every((step) => step === steps[0])
}

function isRepetition(pin: string): boolean {
  for (let length = 1; length <= pin.length / 2; length++)
    if (pin.length % length === 0 && pin === pin.slice(0, length).repeat(pin.length / length)) return true
  return false
}

const isInPairs = (pin: string): boolean => /^(?:(\d)\1)+$/.test(pin)

/** Wrong PINs in a row before the first lock-out. */
const FREE_TRIES = 3
const LOCK_OUTS_MS = [30_000, 60_000, 300_000, 900_000, 3_600_000] as const

/** How many more wrong PINs may follow so many before their owner is locked out. */
export const pinTriesLeft = (failures: number): number => Math.max(0, FREE_TRIES - failures)

/**
 * How long a person is locked out after so many wrong PINs in a row, in milliseconds: half a minute after the third, an
 * hour from the seventh on (SPEC SE-6). At best 24 guesses a day, so four digits last for half a year.
 */
export function lockOutMs(failures: number): number {
  if (failures < FREE_TRIES) return 0
  return LOCK_OUTS_MS[Math.min(failures - FREE_TRIES, LOCK_OUTS_MS.length - 1)] ?? 0
}
