import type { Append, BookFile } from '../book/book.ts'
import { reading, station } from '../implementer.ts'
import { actorOf } from '../staff/approval.ts'
import { returnInside } from './card-returns.ts'
import { issueInside, markCardInside, reissueInside, type CardOutcome } from './cards.ts'
import type { MembersDeps } from './router.ts'

interface CardErrors {
  readonly CARD_IN_USE: (error: { readonly data: { readonly memberId: string } }) => Error
  readonly CARD_RETURNED: () => Error
  readonly NO_SUCH_CARD: () => Error
  readonly NO_SUCH_MEMBER?: () => Error
  readonly BOOK_UNAVAILABLE: () => Error
}

/** Cards as the office issues them, marks them and takes them back. */
export function cardHandlers({ book, tapped, config }: MembersDeps) {
  const { depositFen, confirmAboveFen, dailyLimitFen } = config.cards
  function writing(
    work: (file: BookFile, append: Append) => CardOutcome,
    errors: CardErrors,
  ): Record<string, never> {
    const outcome = reading(() => book.write(work), errors.BOOK_UNAVAILABLE)
    switch (outcome.kind) {
      case 'done':
        return {}
      case 'in-use':
        throw errors.CARD_IN_USE({ data: { memberId: outcome.memberId } })
      case 'returned':
        throw errors.CARD_RETURNED()
      case 'no-such-member':
        throw errors.NO_SUCH_MEMBER?.() ?? errors.NO_SUCH_CARD()
      case 'no-such-card':
        throw errors.NO_SUCH_CARD()
    }
  }
  return {
    cardTerms: station.members.cardTerms.handler(() => ({ depositFen, confirmAboveFen, dailyLimitFen })),
    issueCard: station.members.issueCard.handler(({ input, context, errors }) => {
      const request = { ...input, depositFen }
      return writing((file, append) => issueInside(file, append, request, actorOf(context)), errors)
    }),
    reportLost: station.members.reportLost.handler(({ input, context, errors }) => {
      const lost = { uid: input.uid, state: 'lost' } as const
      return writing((file, append) => markCardInside(file, append, lost, actorOf(context)), errors)
    }),
    takeBackLost: station.members.takeBackLost.handler(({ input, context, errors }) => {
      const valid = { uid: input.uid, state: 'valid' } as const
      return writing((file, append) => markCardInside(file, append, valid, actorOf(context)), errors)
    }),
    reissueCard: station.members.reissueCard.handler(({ input, context, errors }) => {
      const request = { ...input, depositFen }
      return writing((file, append) => reissueInside(file, append, request, actorOf(context)), errors)
    }),
    returnCard: station.members.returnCard.handler(({ input, context, errors }) => {
      const outcome = reading(
        () => book.write((file, append) => returnInside(file, append, input, actorOf(context))),
        errors.BOOK_UNAVAILABLE,
      )
      switch (outcome.kind) {
        case 'no-such-card':
          throw errors.NO_SUCH_CARD()
        case 'already-returned':
          throw errors.CARD_RETURNED()
        case 'lost':
          throw errors.CARD_LOST()
        case 'not-enough-cash':
          throw errors.NOT_ENOUGH_CASH({ data: { cashFen: outcome.cashFen } })
        case 'returned':
          return { depositFen: outcome.depositFen }
      }
    }),
    tappedCards: station.members.tappedCards.handler(({ context, signal }) =>
      tapped.follow(context.connection.session(), signal),
    ),
  }
}
