import { isPinFit } from '../../../shared/domain/staff.ts'
import { ownLimitOf } from '../book/card-standing.ts'
import { reading, station } from '../implementer.ts'
import { actorOf } from '../staff/approval.ts'
import { noteAuditInside } from '../staff/audit.ts'
import { forgetPin } from './member-pins.ts'
import { registered } from './people.ts'
import type { MembersDeps } from './router.ts'

/** What guards a member's cards: her PIN for large meals, and how much they pay on a day (SPEC CK-20, CK-21). */
export const guardHandlers = ({ book, pins }: MembersDeps) => ({
  setPin: station.members.setPin.handler(async ({ input, context, errors }) => {
    const { memberId, pin } = input
    const actor = actorOf(context)
    if (pin !== null && !isPinFit(pin)) throw errors.PIN_TOO_SIMPLE()
    const hash = pin === null ? null : await pins.hash(pin, memberId)
    const isThere = reading(
      () =>
        book.write((file, append) => {
          if (registered(file, memberId) === null) return false
          if (hash === null) forgetPin(file, memberId)
          else pins.put(file, memberId, hash)
          noteAuditInside(append, actor, 'member-pin-set', memberId)
          return true
        }),
      errors.BOOK_UNAVAILABLE,
    )
    if (!isThere) throw errors.NO_SUCH_MEMBER()
    return {}
  }),
  setDailyLimit: station.members.setDailyLimit.handler(({ input, context, errors }) => {
    const { memberId } = input
    const actor = actorOf(context)
    const isThere = reading(
      () =>
        book.write((file, append) => {
          if (registered(file, memberId) === null) return false
          if (ownLimitOf(file, memberId) !== input.dailyLimitFen)
            append({ kind: 'member.limit-set', body: input }, actor)
          return true
        }),
      errors.BOOK_UNAVAILABLE,
    )
    if (!isThere) throw errors.NO_SUCH_MEMBER()
    return {}
  }),
})
