import { z } from 'zod'
import { canonicalJson } from '../domain/journal/canonical.ts'
import type { PackSignature } from '../domain/policy/signing.ts'
import type { PolicyPack } from '../domain/policy/types.ts'
import { parsePolicyPack, type PolicyPackProblem } from './policy-pack.ts'

/** A raw Ed25519 public key in base64, as it stands in `canteen.json`: 32 bytes. */
export const publicKey = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'an Ed25519 public key: 44 characters of base64')

const signature = z.strictObject({ publicKey, value: z.string().regex(/^[A-Za-z0-9+/]{86}==$/) })
const signedFile = z.strictObject({ pack: z.unknown(), signature })

/** Why the text of a file is no pack with a signature. Whether the signature is good is the station's to say. */
export type SignedPackOutcome =
  | { readonly kind: 'signed'; readonly pack: PolicyPack; readonly signature: PackSignature }
  | { readonly kind: 'refused'; readonly problems: readonly PolicyPackProblem[] }
  | { readonly kind: 'not-signed' }
  /** What was signed is not, word for word, what this program would keep: a name with a blank at its end, a half change. */
  | { readonly kind: 'altered' }

/** A signed pack file: `{ "pack": …, "signature": { "publicKey": …, "value": … } }` (SPEC PO-13). */
export function parseSignedPack(text: string): SignedPackOutcome {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { kind: 'refused', problems: [{ path: '', message: error.message }] }
  }
  const file = signedFile.safeParse(json)
  if (!file.success) return { kind: 'not-signed' }
  const parsed = parsePolicyPack(file.data.pack)
  if (parsed.kind === 'refused') return parsed
  if (canonicalJson(parsed.pack) !== canonicalJson(file.data.pack)) return { kind: 'altered' }
  return { kind: 'signed', pack: parsed.pack, signature: file.data.signature }
}
