import { awaiting, reading, station } from '../implementer.ts'
import type { Book } from '../book/book.ts'
import { shownPhoto } from '../members/photos.ts'
import { actorOf } from '../staff/approval.ts'
import { noteAudit } from '../staff/audit.ts'
import type { Pins } from '../staff/pins.ts'
import type { Counter } from './counter.ts'

interface ConfirmingDeps {
  readonly book: Book
  readonly counter: Counter
  /** The members' own. */
  readonly pins: Pins
}

/** A large meal that waits for the member's PIN or staff's word (SPEC CK-20), and who it is (SPEC ME-16). */
export function confirmingHandlers({ book, counter, pins }: ConfirmingDeps) {
  const notNow = () => ({ data: { phase: counter.view.current.phase } })
  return {
    enterPin: station.counter.enterPin.handler(async ({ input, errors }) => {
      const asked = counter.toConfirm()
      if (asked === null || asked.saleId !== input.saleId) throw errors.NOT_NOW(notNow())
      const { memberId } = asked
      const guess = { staffId: memberId, pin: input.pin, actor: 'counter' }
      const outcome = await awaiting(() => pins.check(guess, () => true), errors.BOOK_UNAVAILABLE)
      if (outcome.kind === 'wrong-pin') throw errors.WRONG_PIN({ data: { triesLeft: outcome.triesLeft } })
      if (outcome.kind === 'locked') throw errors.LOCKED({ data: { untilMs: outcome.untilMs } })
      // The plate may have gone, or another card come, while the PIN was looked at.
      if (!counter.confirm(asked, { by: 'pin' })) throw errors.NOT_NOW(notNow())
      return {}
    }),
    photo: station.counter.photo.handler(({ input, errors }) => {
      // Only of who is on the screen now: a name that was overheard shows nobody.
      const isHere = counter.view.current.member?.photoId === input.photoId
      return reading(
        () => book.read((file) => ({ photo: isHere ? shownPhoto(file, input.photoId) : null })),
        errors.BOOK_UNAVAILABLE,
      )
    }),
    confirmSale: station.counter.confirmSale.handler(({ input, context, errors }) => {
      const actor = actorOf(context)
      const staffId = actor.slice('staff:'.length)
      const asked = counter.toConfirm()
      if (asked === null || asked.saleId !== input.saleId) throw errors.NOT_NOW(notNow())
      // Noted before it is so: what cannot be noted is not (SPEC SE-8).
      reading(() => noteAudit(book, actor, 'sale-confirmed', asked.saleId), errors.BOOK_UNAVAILABLE)
      if (!counter.confirm(asked, { by: 'staff', staffId })) throw errors.NOT_NOW(notNow())
      return {}
    }),
  }
}
