import type {
  HeldVersion,
  KnownPack,
  NamedReplay,
  PolicyReplay,
  ReplayStanding,
} from '../../../shared/contract/policy.ts'
import { parsePolicyPack, type PolicyPackOutcome } from '../../../shared/contract/policy-pack.ts'
import { quotedCase } from '../../../shared/contract/quote-case.ts'
import type { WorkingCalendar } from '../../../shared/domain/calendar.ts'
import { isOwnPack, type HeldPack } from '../../../shared/domain/policy/packs.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { Book } from '../book/book.ts'
import type { Counter } from '../counter/counter.ts'
import type { Log, StationConfig } from '../deps.ts'
import { awaiting, reading, station } from '../implementer.ts'
import { shippedPacks } from '../shipped-packs.ts'
import { actorOf } from '../staff/approval.ts'
import { replayInWorker } from './in-worker.ts'
import { mayHold, trustedKeys } from './signatures.ts'
import { takePack } from './take-pack.ts'

export interface PolicyDeps {
  readonly book: Book
  readonly config: Pick<StationConfig, 'canteen' | 'policyPackId' | 'policyKeys'>
  readonly counter: Pick<Counter, 'context'>
  readonly log: Log
  readonly calendar: WorkingCalendar
  readonly dataFolder: string
}

type IsOwn = (pack: Pick<PolicyPack, 'id' | 'area'>) => boolean

/** Trying a draft: one case in words, or a past month of the book (SPEC PO-12). Nothing is written. */
export const policyRouter = (deps: PolicyDeps) => {
  const { book, config, calendar, dataFolder } = deps
  const isOwn: IsOwn = (pack) => isOwnPack(pack, config.policyPackId, config.canteen.area)
  let replaying: ReplayStanding | null = null
  return station.policy.router({
    packs: station.policy.packs.handler(({ errors }) =>
      reading(
        () => ({
          canteenArea: config.canteen.area,
          packs: knownPacks(book.policyPacks(), isOwn),
          held: heldVersions(deps),
        }),
        errors.BOOK_UNAVAILABLE,
      ),
    ),
    publish: station.policy.publish.handler(({ input, context, errors }) => {
      const actor = actorOf(context)
      const trusted = trustedKeys(config, dataFolder, deps.log)
      const taken = reading(() => takePack(book, input.packText, trusted, actor), errors.BOOK_UNAVAILABLE)
      if (taken.kind === 'taken') {
        const { id, version, holdsFrom } = taken
        return { id, version, holdsFrom, own: isOwn(taken) }
      }
      if (taken.kind === 'refused') throw errors.PACK_REFUSED({ data: { problems: [...taken.problems] } })
      throw errors.PACK_NOT_TAKEN({ data: { why: taken.kind } })
    }),
    quote: station.policy.quote.handler(({ input, errors }) => {
      const parsed = packOf(input.packText)
      if (parsed.kind === 'refused') throw errors.PACK_REFUSED({ data: { problems: [...parsed.problems] } })
      return quotedCase([parsed.pack], input.meal, calendar)
    }),
    replayStanding: station.policy.replayStanding.handler(() => replaying),
    replay: station.policy.replay.handler(async ({ input, errors, signal }) => {
      const parsed = packOf(input.packText)
      if (parsed.kind === 'refused') throw errors.PACK_REFUSED({ data: { problems: [...parsed.problems] } })
      if (replaying !== null) throw errors.ALREADY_RUNNING()
      replaying = { done: 0, total: 0 }
      try {
        const { month } = input
        const request = { dataFolder, draft: parsed.pack, month, canteenArea: config.canteen.area }
        const onProgress = (done: number, total: number): void => {
          replaying = { done, total }
        }
        const replay = await awaiting(
          () => replayInWorker(request, signal, onProgress),
          errors.BOOK_UNAVAILABLE,
        )
        return reading(() => named(book, replay), errors.BOOK_UNAVAILABLE)
      } finally {
        replaying = null
      }
    }),
  })
}

function packOf(text: string): PolicyPackOutcome {
  try {
    return parsePolicyPack(JSON.parse(text))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { kind: 'refused', problems: [{ path: '', message: error.message }] }
  }
}

/** What the book holds, this canteen's own first, the newest of each first. */
function heldVersions({ book, config, counter, dataFolder, log }: PolicyDeps): readonly HeldVersion[] {
  const trusted = trustedKeys(config, dataFolder, log)
  const { pack: inForce } = counter.context()
  const standingOf = (held: HeldPack): HeldVersion['standing'] => {
    if (!mayHold(held, trusted)) return 'not-trusted'
    const holds = held.pack.id === inForce?.id && held.pack.version === inForce.version
    return holds ? 'in-force' : 'not-in-force'
  }
  const isOwn = ({ pack }: HeldPack): number =>
    Number(isOwnPack(pack, config.policyPackId, config.canteen.area))
  return book
    .heldPacks()
    .toSorted(
      (one, other) =>
        isOwn(other) - isOwn(one) ||
        (one.pack.id === other.pack.id
          ? other.pack.version - one.pack.version
          : one.pack.id < other.pack.id
            ? -1
            : 1),
    )
    .map((held): HeldVersion => {
      const { id, version, title, effectiveFrom, effectiveTo } = held.pack
      const { publishedOn, signature } = held
      const signedBy = signature?.publicKey ?? null
      const dates = { effectiveFrom, effectiveTo, publishedOn }
      return { id, version, title, ...dates, signedBy, standing: standingOf(held) }
    })
}

/** Those of the book, then the shipped ones that it does not hold; the canteen's own first. */
function knownPacks(inBook: readonly PolicyPack[], isOwn: IsOwn): readonly KnownPack[] {
  const held = new Set(inBook.map(({ id, version }) => `${id}/${version}`))
  const others = shippedPacks().filter(({ id, version }) => !held.has(`${id}/${version}`))
  return [...inBook, ...others]
    .map((pack) => ({
      id: pack.id,
      version: pack.version,
      title: pack.title,
      own: isOwn(pack),
      text: JSON.stringify(pack, null, 2),
    }))
    .toSorted((one, other) => Number(other.own) - Number(one.own))
}

function named(book: Book, replay: PolicyReplay): NamedReplay {
  const { more, less } = replay.largest
  const names = book.read(({ persons }) =>
    [...more, ...less].flatMap(({ memberId }): [string, string][] => {
      const name = persons.get(memberId)?.fullName
      return name === undefined ? [] : [[memberId, name]]
    }),
  )
  return { ...replay, names: Object.fromEntries(names) }
}
