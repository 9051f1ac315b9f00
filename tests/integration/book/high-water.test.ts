import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BookError, openBook } from '../../../electron/station/book/book.ts'
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
