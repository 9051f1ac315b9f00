import { expect, test } from 'vitest'
import { Live } from './live.ts'

test('CK-15 a watcher gets the value as it is, and of what it missed only the newest', async () => {
  const live = new Live(1)
  const watcher = live.watch()
  expect((await watcher.next()).value).toBe(1)
  for (const value of [2, 3, 4]) live.publish(value)
  expect((await watcher.next()).value).toBe(4)
})

test('CK-15 a watcher that waits is woken, and one that leaves is let go', async () => {
  const live = new Live('a')
  const leaving = new AbortController()
  const watcher = live.watch(leaving.signal)
  await watcher.next()
  const next = watcher.next()
  live.publish('b')
  expect((await next).value).toBe('b')
  const last = watcher.next()
  leaving.abort()
  expect(await last).toEqual({ done: true, value: undefined })
})
