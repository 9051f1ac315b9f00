import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere, writeDurably } from './durable-file.ts'

/** The key by which the server knows this station (SPEC SY-9). It never leaves the machine. */
export interface StationKey {
  /** The raw public key in base64. */
  readonly publicKey: string
  /** An Ed25519 signature over the text's UTF-8, in base64. */
  sign(text: string): string
}

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
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${KEY_FILE} is not an Ed25519 key`)
  return {
    publicKey: rawPublicKey(key),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  }
}

function made(file: string): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  writeDurably(file, pem)
  return pem
}

function rawPublicKey(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  if (x === undefined) throw new Error(`${KEY_FILE} has no public part`)
  return Buffer.from(x, 'base64url').toString('base64')
}
