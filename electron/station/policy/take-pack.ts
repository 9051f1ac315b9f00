import type { PackNotTaken } from '../../../shared/contract/policy.ts'
import type { PolicyPackProblem } from '../../../shared/contract/policy-pack.ts'
import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import { holdsFrom } from '../../../shared/domain/policy/packs.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { Book } from '../book/book.ts'
import { noteAudit } from '../staff/audit.ts'
import { checkSignedPack, type TrustedKeys } from './signatures.ts'

export type TakenPack =
  /** Also when this very pack stood in the book already: nothing was written again. */
  | {
      readonly kind: 'taken'
      readonly id: string
      readonly version: number
      readonly area?: string
      readonly holdsFrom: string
    }
  | { readonly kind: 'refused'; readonly problems: readonly PolicyPackProblem[] }
  | { readonly kind: PackNotTaken }

/**
 * Takes a signed pack into the book (SPEC PO-13). Whatever is not taken leaves the pack that holds in force, and the audit
 * notes the attempt.
 *
 * @throws BookError as every write
 */
export function takePack(book: Book, text: string, trusted: TrustedKeys, actor: string): TakenPack {
  const checked = checkSignedPack(text, trusted)
  const taken = checked.kind === 'good' ? takeGood(book, checked, actor) : checked
  if (taken.kind !== 'taken') noteAudit(book, actor, 'policy-refused', taken.kind)
  return taken
}

type Signed = Extract<ReturnType<typeof checkSignedPack>, { readonly kind: 'good' }>

function takeGood(book: Book, signed: Signed, actor: string): TakenPack {
  const { pack, signature } = signed
  const held = book.heldPacks()
  const same = held.find((other) => other.pack.id === pack.id && other.pack.version === pack.version)
  if (same !== undefined && isSame(same.pack, pack) && same.signature !== null)
    return taken(pack, holdsFrom(held, signed, same.publishedOn))
  // An older version, good as its signature may be, was replaced for a reason.
  const newest = Math.max(0, ...held.filter((other) => other.pack.id === pack.id).map(versionOf))
  if (pack.version <= newest) return { kind: 'version-not-newer' }
  const { businessDate } = book.append({ kind: 'policy.published', body: { pack, signature } }, actor)
  return taken(pack, holdsFrom(held, signed, businessDate))
}

const versionOf = ({ pack }: { readonly pack: PolicyPack }): number => pack.version

const isSame = (one: PolicyPack, other: PolicyPack): boolean => canonicalJson(one) === canonicalJson(other)

const taken = ({ id, version, area }: PolicyPack, from: string): TakenPack => ({
  kind: 'taken',
  id,
  version,
  ...(area === undefined ? {} : { area }),
  holdsFrom: from,
})
