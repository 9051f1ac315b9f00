import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const argon2Async = promisify(argon2)

/** What OWASP's Password Storage Cheat Sheet names as its least: 19 MiB, two passes, one lane. About 35 ms. */
const COST = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 } as const
const SALT_BYTES = 16

/** What the table of PINs keeps of one. */
export interface PinHash {
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

/**
 * Hashes a PIN with argon2id, outside the event loop.
 *
 * @param secret a key that does not lie in the book: a few digits are soon tried through by whoever has salt and hash alone
 * @param staffId bound in, so that nobody's hash can be put in the place of another one's
 */
export async function hashPin(pin: string, staffId: string, secret: Uint8Array): Promise<PinHash> {
  const salt = randomBytes(SALT_BYTES)
  return { salt, hash: await hashOf(pin, staffId, secret, salt) }
}

/** Compares in constant time. */
export async function isPinOf(
  pin: string,
  staffId: string,
  secret: Uint8Array,
  known: PinHash,
): Promise<boolean> {
  const hash = await hashOf(pin, staffId, secret, known.salt)
  return hash.length === known.hash.length && timingSafeEqual(hash, known.hash)
}

const hashOf = (pin: string, staffId: string, secret: Uint8Array, salt: Uint8Array): Promise<Uint8Array> =>
  argon2Async('argon2id', { ...COST, message: pin, nonce: salt, secret, associatedData: staffId })
