import type { PolicyPackProblem } from '../../../shared/contract/policy-pack.ts'
import { parseSignedPack } from '../../../shared/contract/signed-pack.ts'
import type { HeldPack } from '../../../shared/domain/policy/packs.ts'
import { signedText, type PackSignature } from '../../../shared/domain/policy/signing.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { Log, StationConfig } from '../deps.ts'
import { isSignedBy } from '../ed25519.ts'
import { readEnrolment } from '../sync/enrolment.ts'

/** Public keys whose packs this station takes. */
export type TrustedKeys = ReadonlySet<string>

/** Those that the configuration names, and those that the server named when this station was enrolled. */
export function trustedKeys(
  { policyKeys = [] }: Pick<StationConfig, 'policyKeys'>,
  dataFolder: string,
  log: Log,
): TrustedKeys {
  return new Set([...policyKeys, ...(readEnrolment(dataFolder, log)?.policyKeys ?? [])])
}

export type SignatureFault = 'not-signed' | 'unknown-key' | 'altered'

export type CheckedPack =
  | { readonly kind: 'good'; readonly pack: PolicyPack; readonly signature: PackSignature }
  | { readonly kind: 'refused'; readonly problems: readonly PolicyPackProblem[] }
  | { readonly kind: SignatureFault }

/** The pack of a signed file, if a key that is trusted signed exactly this pack (SPEC PO-13). */
export function checkSignedPack(text: string, trusted: TrustedKeys): CheckedPack {
  const parsed = parseSignedPack(text)
  if (parsed.kind !== 'signed') return parsed
  const fault = signatureFault(parsed.pack, parsed.signature, trusted)
  return fault === null ? { ...parsed, kind: 'good' } : { kind: fault }
}

function signatureFault(
  pack: PolicyPack,
  { publicKey, value }: PackSignature,
  trusted: TrustedKeys,
): SignatureFault | null {
  if (!trusted.has(publicKey)) return 'unknown-key'
  return isSignedBy(publicKey, signedText(pack), value) ? null : 'altered'
}

/**
 * Whether a pack of the book may be sold under. One that came with the program was never signed; the hash chain answers for
 * it. One that was signed is checked again at every start, so a file that was changed behind the program's back, or a key
 * that is trusted no more, puts the last good version in force.
 */
export const mayHold = ({ pack, signature }: HeldPack, trusted: TrustedKeys): boolean =>
  signature === null || signatureFault(pack, signature, trusted) === null
