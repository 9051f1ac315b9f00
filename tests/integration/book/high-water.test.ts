import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BookError, openBook } from '../../../electron/station/book/book.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { bookOptions, furnish, saleDraft } from '../../fixtures/books.ts'

const FILES = ['book.sqlite', 'book.sqlite-wal', 'book.sqlite-shm']

function bookWithOlderCopy() {
  const options = bookOptions()
  const first = openBook(options)
  furnish(first)
  first.close()
  const older = `${options.folder}-older`
  cpSync(options.folder, older, { recursive: true })
  const second = openBook(options)
  second.settle(saleDraft())
  return { options, older, second }
}

function putBack(from: string, to: string): void {
  for (const file of FILES) rmSync(join(to, file), { force: true })
  cpSync(join(from, 'book.sqlite'), join(to, 'book.sqlite'))
}

test.each(['closed', 'idle'])('LG-23 an older copy of a %s book is found out and sells nothing', (how) => {
  const { options, older, second } = bookWithOlderCopy()
  second.checkpoint()
  if (how === 'closed') second.settle(saleDraft())
  second.close()
  putBack(older, options.folder)
  const opening = () => openBook(options)
  expect(opening).toThrow(BookError)
  expect(opening).toThrow(/ends at .* had reached/)
})

test('LG-23 the book itself opens again, and goes on where it was', () => {
  const { options, second } = bookWithOlderCopy()
  second.checkpoint()
  second.settle(saleDraft())
  const reached = second.health().headSeq
  second.close()
  const again = openBook(options)
  expect(again.health().headSeq).toBe(reached)
  expect(again.settle(saleDraft()).kind).toBe('settled')
  again.close()
})

test('LG-23 another entry in the mark’s place is found out as well', () => {
  const { options, older, second } = bookWithOlderCopy()
  second.close()
  const fork = openBook({ ...options, folder: older })
  fork.settle(saleDraft({ priceFen: 990 }))
  fork.close()
  putBack(older, options.folder)
  expect(() => openBook(options)).toThrow(/another entry/)
})

test('LG-30 a changed mark is named by verify, with what the book says', () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.close()
  const mark = join(options.folder, 'book.reached')
  const [seq = '', hash = ''] = readFileSync(mark, 'utf8').trim().split(' ')
  const findingsFor = (text: string) => {
    writeFileSync(mark, text)
    return verifyBook(options.folder).findings
  }
  expect(findingsFor(`${seq} ${hash}\n`)).toEqual([])
  expect(findingsFor(`1${seq} ${hash}\n`)).toMatchObject([{ table: 'book.reached', rule: 'LG-23' }])
  const flipped = hash.startsWith('0') ? `1${hash.slice(1)}` : `0${hash.slice(1)}`
  expect(findingsFor(`${seq} ${flipped}\n`)[0]?.message).toContain(`the book says ${hash}`)
  expect(findingsFor(`${seq}_${hash}\n`)[0]?.message).toContain('does not say how far')
})
