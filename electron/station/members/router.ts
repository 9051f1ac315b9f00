import { ALLERGEN_CODES, DIET_CODES } from '../../../shared/domain/diet.ts'
import type { Person } from '../book/persons.ts'
import { businessMomentOf } from '../../../shared/domain/business-day.ts'
import { addDays } from '../../../shared/domain/calendar.ts'
import type { PersonForm } from '../../../shared/contract/members.ts'
import type { Book } from '../book/book.ts'
import type { Clock, Ids, StationConfig } from '../deps.ts'
import { reading, station } from '../implementer.ts'
import { topUpReceipt } from '../receipts/receipts.ts'
import type { Printing } from '../printing/printing.ts'
import { actorOf, approvedBy } from '../staff/approval.ts'
import type { Pins } from '../staff/pins.ts'
import { noteAudit } from '../staff/audit.ts'
import { cardHandlers } from './card-handlers.ts'
import type { MemberIndex } from './member-index.ts'
import { guardHandlers } from './guard-handlers.ts'
import { eraseInside } from './erasing.ts'
import { movements } from './movements.ts'
import { foundMember, holdersByCard, memberDetail, registered, proofsRunningOut } from './people.ts'
import { bornOnOf, registerInside } from './registering.ts'
import { photoHandlers } from './photos.ts'
import { payerOf } from './paid-by.ts'
import { payerHandlers } from './payers.ts'
import type { TappedCards } from './tapped-cards.ts'
import type { IdDesk } from './id-desk.ts'
import { balanceAfterTopUp, reverseInside } from './wallet.ts'

export interface MembersDeps {
  readonly book: Book
  readonly clock: Clock
  readonly ids: Ids
  readonly config: StationConfig
  readonly trial: boolean
  readonly members: MemberIndex
  readonly tapped: TappedCards
  /** The members' own. */
  readonly pins: Pins
  /** Null where no ID reader is configured. */
  readonly idDesk: IdDesk | null
  readonly printing: Pick<Printing, 'written'> | null
}

const today = ({ clock, config }: MembersDeps): string =>
  businessMomentOf(clock.nowMs(), config.canteen).businessDate

/** Registers, cards and wallets of members, as the office asks for them. */
export const membersRouter = (deps: MembersDeps) =>
  station.members.router({
    ...findingHandlers(deps),
    ...formHandlers(deps),
    ...cardHandlers(deps),
    ...guardHandlers(deps),
    ...photoHandlers(deps),
    ...payerHandlers(deps),
    ...walletHandlers(deps),
  })

function findingHandlers(deps: MembersDeps) {
  const { book, members } = deps
  return {
    search: station.members.search.handler(async ({ input, errors }) => {
      await members.ready()
      return reading(
        () =>
          book.read((file) => {
            const { memberIds, total } = members.search(
              input.text,
              input.limit,
              holdersByCard(file, input.text),
            )
            const found = memberIds.map((memberId) => foundMember(file, memberId, today(deps)))
            return { found: found.filter((member) => member !== null), total }
          }),
        errors.BOOK_UNAVAILABLE,
      )
    }),
    get: station.members.get.handler(({ input, errors }) => {
      const member = reading(
        () => book.read((file) => memberDetail(file, input.memberId, today(deps))),
        errors.BOOK_UNAVAILABLE,
      )
      if (member === null) throw errors.NO_SUCH_MEMBER()
      return member
    }),
    proofsRunningOut: station.members.proofsRunningOut.handler(({ input, errors }) =>
      reading(
        () => book.read((file) => proofsRunningOut(file, today(deps), input.days)),
        errors.BOOK_UNAVAILABLE,
      ),
    ),
    showIdNumber: station.members.showIdNumber.handler(({ input, context, errors }) => {
      const { memberId } = input
      const member = reading(() => book.read((file) => registered(file, memberId)), errors.BOOK_UNAVAILABLE)
      if (member === null) throw errors.NO_SUCH_MEMBER()
      // Noted before it is shown: what cannot be noted is not shown (SPEC SE-8).
      const note = () => noteAudit(book, actorOf(context), 'id-number-shown', memberId)
      reading(note, errors.BOOK_UNAVAILABLE)
      return { idNumber: member.person.idNumber ?? null }
    }),
  }
}

interface FormErrors {
  readonly ID_NUMBER_TAKEN: (error: { readonly data: { readonly memberId: string } }) => Error
  readonly BIRTHDAY_MISSING: () => Error
  readonly BIRTHDAY_DIFFERS: () => Error
  readonly BIRTHDAY_IMPOSSIBLE: () => Error
  readonly BOOK_UNAVAILABLE: () => Error
}

function formHandlers(deps: MembersDeps) {
  const { book, members } = deps
  /** Synchronous from the look for the number's holder to the write, so nobody comes in between. */
  function save(memberId: string, form: PersonForm, actor: string, errors: FormErrors): void {
    const answer = bornOnOf(form, today(deps))
    if ('fault' in answer) {
      if (answer.fault === 'missing') throw errors.BIRTHDAY_MISSING()
      throw answer.fault === 'differs' ? errors.BIRTHDAY_DIFFERS() : errors.BIRTHDAY_IMPOSSIBLE()
    }
    const { idNumber } = form
    const holder =
      idNumber === null ? null : reading(() => members.holderOf(idNumber), errors.BOOK_UNAVAILABLE)
    if (holder !== null && holder !== memberId) throw errors.ID_NUMBER_TAKEN({ data: { memberId: holder } })
    const member = { memberId, form, bornOn: answer.bornOn, today: today(deps) }
    reading(
      () => book.write((file, append) => registerInside(file, append, member, actor)),
      errors.BOOK_UNAVAILABLE,
    )
  }
  return {
    readIdCard: station.members.readIdCard.handler(({ context, errors }) => {
      const { idDesk } = deps
      if (idDesk === null) return { kind: 'no-reader' }
      // Noted before it is handed over: what cannot be noted is not (SPEC SE-8).
      if (idDesk.holdsCard)
        reading(() => noteAudit(book, actorOf(context), 'id-card-read', null), errors.BOOK_UNAVAILABLE)
      return idDesk.take()
    }),
    erase: station.members.erase.handler(({ input, context, errors }) => {
      const outcome = reading(
        () => book.write((file, append) => eraseInside(file, append, input.memberId, actorOf(context))),
        errors.BOOK_UNAVAILABLE,
      )
      if (outcome.kind === 'no-such-member') throw errors.NO_SUCH_MEMBER()
      if (outcome.kind === 'has-money') throw errors.HAS_MONEY({ data: { balanceFen: outcome.balanceFen } })
      if (outcome.kind === 'has-deposit')
        throw errors.HAS_DEPOSIT({ data: { depositFen: outcome.depositFen } })
      return {}
    }),
    register: station.members.register.handler(async ({ input, context, errors }) => {
      await members.ready()
      save(input.memberId, input.person, actorOf(context), errors)
      return { memberId: input.memberId }
    }),
    change: station.members.change.handler(async ({ input, context, errors }) => {
      const { memberId, person } = input
      await members.ready()
      const known = reading(() => book.read((file) => registered(file, memberId)), errors.BOOK_UNAVAILABLE)
      if (known === null) throw errors.NO_SUCH_MEMBER()
      // Screens show both masked, so they cannot send back what they were not told.
      const { idNumber = null, phone = null, emergencyContact = '' } = known.person
      const form = {
        ...person,
        idNumber: person.idNumber ?? idNumber,
        phone: person.phone ?? phone,
        emergencyContact: person.emergencyContact ?? emergencyContact,
        allergens: person.allergens ?? allergensKept(known.person),
        diets: person.diets ?? dietsKept(known.person),
      }
      save(memberId, form, actorOf(context), errors)
      return {}
    }),
  }
}

/** What a form that does not speak of it leaves as it is in the book. */
const allergensKept = ({ allergens = [] }: Person) =>
  ALLERGEN_CODES.filter((code) => allergens.includes(code))
const dietsKept = ({ diets = [] }: Person) => DIET_CODES.filter((code) => diets.includes(code))

function walletHandlers(deps: MembersDeps) {
  const { book } = deps
  return {
    topUp: station.members.topUp.handler(({ input, context, errors }) => {
      const { topUpId, memberId, amountFen, payerId } = input
      const payer = payerId === undefined ? {} : { payerId }
      const actor = actorOf(context)
      return reading(() => {
        const { known, isPayer } = book.read((file) => ({
          known: registered(file, memberId),
          // One whose answer was lost is answered again, also when its payer was removed meanwhile.
          isPayer:
            payerId === undefined ||
            payerOf(file.persons.get(memberId), payerId) !== null ||
            file.queries.topUp.get(topUpId) !== undefined,
        }))
        if (known === null) throw errors.NO_SUCH_MEMBER()
        if (!isPayer) throw errors.NO_SUCH_PAYER()
        book.topUp({ topUpId, memberId, amountFen, source: 'cash', ...payer }, actor)
        deps.printing?.written()
        const receipt = topUpReceipt(deps, topUpId)
        if (receipt === null) throw new Error(`no receipt of top-up ${topUpId}`)
        return { balanceAfterFen: book.read((file) => balanceAfterTopUp(file, topUpId)), receipt }
      }, errors.BOOK_UNAVAILABLE)
    }),
    reverseTopUp: station.members.reverseTopUp.handler(async ({ input, context, errors }) => {
      const { approval, ...asked } = input
      const approver = await approvedBy(context.connection, 'manager', approval)
      const request = { ...asked, approvedBy: approver }
      const outcome = reading(
        () => book.write((file, append) => reverseInside(file, append, request, actorOf(context))),
        errors.BOOK_UNAVAILABLE,
      )
      switch (outcome.kind) {
        case 'no-such-top-up':
          throw errors.NO_SUCH_TOP_UP()
        case 'already-reversed':
          throw errors.ALREADY_REVERSED()
        case 'taken-elsewhere':
          throw errors.TAKEN_ELSEWHERE()
        case 'already-spent':
          throw errors.ALREADY_SPENT({ data: { balanceFen: outcome.balanceFen } })
        case 'not-enough-cash':
          throw errors.NOT_ENOUGH_CASH({ data: { cashFen: outcome.cashFen } })
        case 'reversed':
          return { balanceAfterFen: outcome.balanceAfterFen }
      }
    }),
    movements: station.members.movements.handler(({ input, errors }) => {
      const { memberId, days } = input
      const sinceDate = addDays(today(deps), 1 - days)
      return reading(
        () =>
          book.read((file) => {
            if (file.queries.member.get(memberId) === undefined) throw errors.NO_SUCH_MEMBER()
            return movements(file, memberId, sinceDate).map(({ place: _place, ...movement }) => movement)
          }),
        errors.BOOK_UNAVAILABLE,
      )
    }),
  }
}
