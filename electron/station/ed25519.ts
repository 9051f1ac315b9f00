import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'

/** Ed25519 keys as this product keeps them: the private half as PKCS #8 PEM, the public half as 32 bytes in base64. */

/** A new private key. */
export const newPrivateKeyPem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

export interface SigningKey {
  readonly publicKey: string
  /** A signature over the text's UTF-8, in base64. */
  sign(text: string): string
}

/** @throws Error when the text is no private Ed25519 key; `name` says which one. */
export function signingKey(pem: string, name: string): SigningKey {
  const key = privateKeyOf(pem, name)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${name} is not an Ed25519 key`)
  return {
    publicKey: rawPublicKey(key, name),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  }
}

function privateKeyOf(pem: string, name: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch (error) {
    throw new Error(`${name} is not a private key`, { cause: error })
  }
}

function rawPublicKey(key: KeyObject, name: string): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  if (x === undefined) throw new Error(`${name} has no public part`)
  return Buffer.from(x, 'base64url').toString('base64')
}

/**
 * Whether `signature` over the text was made with the private half of `publicKey`. A signature has one spelling: base64 whose
 * last, unused bits were changed is another text and refused.
 */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64')
  if (bytes.toString('base64') !== signature) return false
  const x = Buffer.from(publicKey, 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return verify(null, Buffer.from(text), key, bytes)
}
