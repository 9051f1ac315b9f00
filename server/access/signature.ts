import { createPublicKey, verify } from 'node:crypto'

/**
 * Whether `signature` (base64) over `text` was made with the private half of `publicKey` (raw Ed25519, base64). A text that
 * is no key signs nothing.
 */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const x = Buffer.from(publicKey, 'base64').toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_')) return false
    throw error
  }
}
