import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { newPrivateKeyPem, signingKey, type SigningKey } from '../ed25519.ts'
import { readIfThere, writeDurably } from './durable-file.ts'

/** The key by which the server knows this station (SPEC SY-9). It never leaves the machine. */
export type StationKey = SigningKey

const KEY_FILE = 'station.key'

/**
 * The station's private key: a file only its owner reads, made when it is first asked for. It is on the disk before the
 * server hears of it, so a power cut cannot leave a station enrolled by a key that nobody has.
 *
 * @throws Error when the file is there and is no Ed25519 key.
 */
export function stationKey(folder: string): StationKey {
  const file = join(folder, KEY_FILE)
  const pem = readIfThere(file) ?? made(file)
  chmodSync(file, 0o600)
  return signingKey(pem, KEY_FILE)
}

function made(file: string): string {
  const pem = newPrivateKeyPem()
  writeDurably(file, pem)
  return pem
}
