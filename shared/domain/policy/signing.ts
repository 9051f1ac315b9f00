import { canonicalJson } from '../journal/canonical.ts'
import type { PolicyPack } from './types.ts'

/** A district's word for a pack (SPEC PO-13): Ed25519 over `signedText`. Both are raw bytes in base64. */
export interface PackSignature {
  readonly publicKey: string
  readonly value: string
}

/** What is signed: the canonical pack, behind a purpose that no other signature of this product has. */
export const signedText = (pack: PolicyPack): string =>
  canonicalJson({ purpose: 'canteen-policy-pack/1', pack })
