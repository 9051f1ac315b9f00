import type { Menu } from '../../../shared/domain/menu.ts'
import { offerAt, type Offer } from '../../../shared/domain/menu-plan.ts'
import type { Book, BookFile } from '../book/book.ts'
import { readLibrary, readPublished, readServed, readSoldOut, type Meal } from './library.ts'

interface Known extends Offer {
  readonly file: BookFile
  readonly menuEntries: number
  readonly meal: Meal
}

/**
 * The menu that the counter sells from. Asked with every reading of the scale, it reads the book only when something of the
 * menu was written, a price became due, or another meal has begun; until then it answers the very same menu.
 */
export class OfferedMenu {
  #known: Known | null = null

  /** Only outside a transaction of the book. @throws BookError when the book does not answer. */
  at(book: Book, meal: Meal, atMs: number): Menu {
    return book.read((file) => {
      if (this.#known === null || !holds(this.#known, file, meal, atMs))
        this.#known = { ...read(file, meal, atMs), file, menuEntries: file.fold.menuEntries, meal }
      return this.#known.menu
    })
  }
}

const holds = (known: Known, file: BookFile, meal: Meal, atMs: number): boolean =>
  known.file === file &&
  known.menuEntries === file.fold.menuEntries &&
  known.meal.businessDate === meal.businessDate &&
  known.meal.mealPeriod === meal.mealPeriod &&
  atMs >= known.sinceMs &&
  atMs < known.untilMs

function read(file: BookFile, meal: Meal, atMs: number): Offer {
  const published = readPublished(file)
  const { dishIds } = readServed(file, meal, published)
  const parts = { published, library: readLibrary(file), dishIds, soldOut: readSoldOut(file, meal) }
  return offerAt(parts, atMs)
}
