import { expect, onTestFinished, test } from 'vitest'
import type { CheckoutInput } from '../../../shared/domain/checkout/state.ts'
import { furnishedBook } from '../../../tests/fixtures/books.ts'
import { VirtualTimers } from '../../../tests/fixtures/virtual-timers.ts'
import { BookError, type Book, type BookErrorCode } from '../book/book.ts'
import { silentLog } from '../log.ts'
import { createBookWatch, type BookWatch } from './book-watch.ts'

interface Watched {
  readonly watch: BookWatch
  readonly timers: VirtualTimers
  readonly book: Book
  readonly troubles: (string | null)[]
}

function watched(): Watched {
  const timers = new VirtualTimers()
  const book = furnishedBook()
  onTestFinished(() => book.close())
  const troubles: (string | null)[] = []
  const feed = (input: CheckoutInput): void => {
    if (input.kind === 'book') troubles.push(input.trouble)
  }
  return { watch: createBookWatch({ book, timers, log: silentLog }, feed), timers, book, troubles }
}

const failing = (code: BookErrorCode) => (): never => {
  throw new BookError(code, 'simulated')
}

for (const [code, trouble] of [
  ['disk-full', 'disk-full'],
  ['read-only', 'book-read-only'],
  ['unavailable', 'book-unavailable'],
  ['unknown-outcome', 'book-unavailable'],
] as const)
  test(`LG-17 LG-22 ${code} is shown as ${trouble} until the book was opened again`, async () => {
    const { watch, timers, troubles } = watched()
    expect(watch.ask(failing(code))).toBeNull()
    expect(troubles).toEqual([trouble])
    expect(watch.ask((book) => book.health().state)).toBeNull()
    await timers.advance(60)
    expect(troubles).toEqual([trouble, null])
    expect(watch.ask((book) => book.health().state)).toBe('open')
  })

test('LG-22 what is no trouble of the disk is not taken for one', () => {
  const { watch, troubles } = watched()
  expect(() => watch.ask(failing('broken-invariant'))).toThrow(BookError)
  expect(() =>
    watch.ask(() => {
      throw new TypeError('a defect')
    }),
  ).toThrow(TypeError)
  expect(troubles).toEqual([])
})

test('LG-22 a closed watch opens nothing any more', async () => {
  const { watch, timers, troubles } = watched()
  watch.ask(failing('unavailable'))
  watch.close()
  await timers.advance(10_000)
  expect(troubles).toEqual(['book-unavailable'])
  expect(timers.waiting).toBe(0)
})
