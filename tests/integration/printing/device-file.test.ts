import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { decodeEscPos } from '../../../electron/station/devices/protocols/escpos.ts'
import { CounterWithPrinter, until } from './counter-with-printer.ts'

/** A named pipe in the place of /dev/usb/lp0: it takes bytes, keeps some while nobody reads, and says nothing. */
function deviceFile() {
  const folder = mkdtempSync(join(tmpdir(), 'lp-'))
  const path = join(folder, 'lp0')
  execFileSync('mkfifo', [path])
  let descriptor: number | null = null
  const parts: Buffer[] = []
  const driver = {
    path,
    plug: () => {
      descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    },
    unplug: () => {
      if (descriptor !== null) closeSync(descriptor)
      descriptor = null
    },
    /** The text of what has been taken so far. */
    text: (): string => {
      const taken = Buffer.alloc(65_536)
      if (descriptor !== null)
        try {
          parts.push(Buffer.from(taken.subarray(0, readSync(descriptor, taken))))
        } catch (error) {
          // Nothing there now.
          if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
        }
      return decodeEscPos(Buffer.concat(parts))
        .map((thing) => (thing.kind === 'print' ? thing.text : ''))
        .join('')
    },
  }
  onTestFinished(() => {
    driver.unplug()
    rmSync(folder, { recursive: true, force: true })
  })
  return driver
}

test('PT-7 a printer behind its driver’s file prints; what was sent counts as printed', async () => {
  const driver = deviceFile()
  driver.plug()
  const till = new CounterWithPrinter({ port: { path: driver.path }, answers: false })
  till.start()
  await until('open', () => till.printing.view.current.connected)
  till.sell()
  await until('a receipt', () => driver.text().includes('测试食堂'))
  await until('nothing waits', () => till.printing.view.current.waiting.length === 0)
  expect(till.printing.view.current).toMatchObject({ trouble: null, letGo: 0 })
})

test('PT-3 without its driver’s file it waits, and prints when the file takes bytes again', async () => {
  const driver = deviceFile()
  const till = new CounterWithPrinter({ port: { path: driver.path }, answers: false })
  till.start()
  till.sell()
  await until('away', () => till.printing.view.current.trouble === 'unplugged')
  expect(till.printing.view.current.waiting).toHaveLength(1)
  driver.plug()
  await until('a receipt', () => driver.text().includes('测试食堂'))
  await until('nothing waits', () => till.printing.view.current.waiting.length === 0)
})
