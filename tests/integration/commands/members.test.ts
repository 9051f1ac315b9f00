import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'

const CANTEEN = join(import.meta.dirname, '..', '..', '..', 'electron', 'commands', 'canteen.ts')

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'canteen-members-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

function imported(rows: readonly string[], ...args: readonly string[]) {
  const list = join(data, '名单.csv')
  writeFileSync(list, ['姓名,生日,卡号,余额', ...rows].join('\n'))
  const { status, stdout } = spawnSync(process.execPath, [CANTEEN, 'members', 'import', list, ...args], {
    env: { ...process.env, CANTEEN_DATA: data },
    encoding: 'utf8',
  })
  return { status, said: stdout === '' ? null : (JSON.parse(stdout) as unknown) }
}

const GOOD = ['林秀英,1949-12-31,AA00000011,12.50', '陈阿福,1943-05-12,AA00000012,']

test('ME-9 ME-10 the command looks at a list, takes it in whole, and refuses one with a mistake', () => {
  const looked = { fresh: 2, known: 0, members: 0, leftOut: 0 }
  expect(imported(GOOD, '--check')).toEqual({ status: 0, said: looked })
  const mistaken = imported([...GOOD, '黄桂兰,1950-13-01,,'])
  expect(mistaken).toMatchObject({ status: 1, said: { faults: [{ row: 4, column: 'bornOn' }] } })
  expect(JSON.stringify(mistaken.said)).not.toContain('黄')
  expect(imported(GOOD)).toEqual({ status: 0, said: { ...looked, members: 2 } })
  expect(imported(GOOD)).toMatchObject({ status: 1 })
  expect(verifyBook(join(data, 'trial')).findings).toEqual([])
})
