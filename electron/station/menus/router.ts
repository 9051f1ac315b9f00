import type { Append, Book, BookFile } from '../book/book.ts'
import type { Clock, Ids, StationConfig } from '../deps.ts'
import { reading, station } from '../implementer.ts'
import { actorOf } from '../staff/approval.ts'
import { assertKnown, copyDay, libraryAt, NoSuchDish, planOf, setPlan, setPrice, setSoldOut } from './desk.ts'
import { priceMoment } from './library.ts'

export interface MenusDeps {
  readonly book: Book
  readonly clock: Clock
  readonly ids: Ids
  readonly config: StationConfig
}

interface MenuErrors {
  readonly BOOK_UNAVAILABLE: () => Error
  readonly NO_SUCH_DISH: (about: { readonly data: { readonly dishId: string } }) => Error
}

export const menusRouter = ({ book, clock, ids, config }: MenusDeps) => {
  /** One transaction; a dish that is not there leaves nothing behind. */
  function write<Answer>(work: (file: BookFile, append: Append) => Answer, errors: MenuErrors): Answer {
    try {
      return reading(() => book.write(work), errors.BOOK_UNAVAILABLE)
    } catch (error) {
      if (error instanceof NoSuchDish) throw errors.NO_SUCH_DISH({ data: { dishId: error.dishId } })
      throw error
    }
  }

  return station.menus.router({
    library: station.menus.library.handler(({ errors }) =>
      reading(() => book.read((file) => libraryAt(file, priceMoment(clock, book))), errors.BOOK_UNAVAILABLE),
    ),
    saveDish: station.menus.saveDish.handler(({ input, context, errors }) => {
      const actor = actorOf(context)
      const dishId = input.dishId ?? ids.next()
      write((file, append) => {
        if (input.dishId !== null) assertKnown(file, dishId)
        append({ kind: 'dish.saved', body: { ...input, dishId } }, actor)
      }, errors)
      return { dishId }
    }),
    setPrice: station.menus.setPrice.handler(({ input, context, errors }) => {
      const actor = actorOf(context)
      const nowMs = priceMoment(clock, book)
      const effectiveFromMs = input.effectiveFromMs ?? nowMs
      if (effectiveFromMs < nowMs) throw errors.IN_THE_PAST()
      const change = { ...input, effectiveFromMs }
      return { priceVersion: write((file, append) => setPrice(file, append, change, actor), errors) }
    }),
    plan: station.menus.plan.handler(({ input, errors }) =>
      reading(() => book.read((file) => planOf(file, input)), errors.BOOK_UNAVAILABLE),
    ),
    setPlan: station.menus.setPlan.handler(({ input, context, errors }) => {
      const actor = actorOf(context)
      write((file, append) => {
        setPlan(file, append, input, actor)
      }, errors)
      return {}
    }),
    copyDay: station.menus.copyDay.handler(({ input, context, errors }) => {
      const actor = actorOf(context)
      const copy = { ...input, mealPeriods: config.canteen.mealPeriods.map(({ period }) => period) }
      const meals = reading(
        () => book.write((file, append) => copyDay(file, append, copy, actor)),
        errors.BOOK_UNAVAILABLE,
      )
      if (meals === 0) throw errors.NOTHING_TO_COPY()
      return { meals }
    }),
    setSoldOut: station.menus.setSoldOut.handler(({ input, context, errors }) => {
      const actor = actorOf(context)
      write((file, append) => {
        setSoldOut(file, append, input, actor)
      }, errors)
      return {}
    }),
  })
}
