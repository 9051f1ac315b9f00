import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { bookOptions, furnish, saleDraft } from '../../fixtures/books.ts'

/** Another process that holds the book of a folder until it is killed. */
async function holderOf(folder: string): Promise<ChildProcess> {
  const script = join(folder, 'holder.mjs')
  writeFileSync(
    script,
    `import { openBook } from ${JSON.stringify(import.meta.resolve('../../../electron/station/book/book.ts'))}
     import { bookOptions, furnish, saleDraft } from ${JSON.stringify(import.meta.resolve('../../fixtures/books.ts'))}
     const book = openBook(bookOptions({ folder: ${JSON.stringify(folder)} }))
     furnish(book)
     book.settle(saleDraft())
     process.stdout.write('open')
     setInterval(() => book.health(), 1000)`,
  )
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

test('LG-13 a second station on the same folder is refused at once, and works once the first was killed', async () => {
  const options = bookOptions()
  const holder = await holderOf(options.folder)
  const started = performance.now()
  expect(() => openBook(options)).toThrow(expect.objectContaining({ code: 'locked' }))
  expect(performance.now() - started).toBeLessThan(1000)
  expect(verifyBook(options.folder)).toMatchObject({ ok: true, entries: 12 })

  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const book = openBook(options)
  expect(book.health().entries).toBe(12)
  expect(book.settle(saleDraft()).kind).toBe('settled')
  book.close()
})

test('LG-13 also within one process, until the first is closed', () => {
  const options = bookOptions()
  const first = openBook(options)
  expect(() => openBook(options)).toThrow(expect.objectContaining({ code: 'locked' }))
  furnish(first)
  first.close()
  openBook(options).close()
})

test('LG-13 the lock outlives a reopening, and a book that does not open gives it back', () => {
  const options = bookOptions()
  const first = openBook(options)
  first.reopen()
  expect(() => openBook(options)).toThrow(expect.objectContaining({ code: 'locked' }))
  first.close()
  expect(() => openBook({ ...options, originId: 'kiosk-2' })).toThrow(
    expect.objectContaining({ code: 'cannot-open' }),
  )
  openBook(options).close()
})

test('LG-10 a book is never continued under another station’s name', () => {
  const options = bookOptions()
  openBook(options).close()
  expect(() => openBook({ ...options, originId: 'kiosk-2' })).toThrow(/belongs to kiosk-1/)
})
