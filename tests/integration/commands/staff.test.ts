import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Book } from '../../../electron/station/book/book.ts'
import { openCounterBook } from '../../../electron/station/counter-book.ts'
import { silentLog } from '../../../electron/station/log.ts'
import { readAudit } from '../../../electron/station/staff/audit.ts'
import { StaffDesk } from '../../../electron/station/staff/desk.ts'
import { systemClock, systemIds, systemTimers } from '../../../electron/station/system.ts'
import { trialConfig } from '../../../electron/trial/config.ts'

const CANTEEN = join(import.meta.dirname, '..', '..', '..', 'electron', 'commands', 'canteen.ts')
const FORGOTTEN = '370415'
const NEW = '905271'

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'canteen-staff-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

function canteenStaff(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CANTEEN, 'staff', ...args], {
    env: { ...process.env, CANTEEN_DATA: data },
    encoding: 'utf8',
    input,
  })
  return { status, stdout, stderr }
}

async function atDesk<Answer>(work: (desk: StaffDesk, book: Book) => Promise<Answer>): Promise<Answer> {
  const book = openCounterBook({ folder: join(data, 'trial'), config: trialConfig(null), log: silentLog })
  const deps = { book, clock: systemClock, timers: systemTimers, ids: systemIds, log: silentLog }
  const desk = new StaffDesk(deps)
  try {
    return await work(desk, book)
  } finally {
    desk.close()
    book.close()
  }
}

/** The only admin, who has just locked herself out. */
const lockedOutAdmin = (): Promise<string> =>
  atDesk(async (desk) => {
    const made = await desk.createFirstAdmin(desk.connect(), { name: '周主任', pin: FORGOTTEN })
    if (typeof made === 'string') throw new Error(made)
    for (const pin of ['1990', '1991', '1992']) await desk.signIn(desk.connect(), made.staffId, pin)
    return made.staffId
  })

const signIn = (staffId: string, pin: string) =>
  atDesk(async (desk) => (await desk.signIn(desk.connect(), staffId, pin)).kind)

test('SE-6 SE-8 an only admin who forgot her PIN gets a new one at the machine itself, and the audit says so', async () => {
  const staffId = await lockedOutAdmin()
  const [listed] = JSON.parse(canteenStaff([]).stdout) as [{ lockedUntil: string }]
  expect(listed).toMatchObject({ staffId, name: '周主任', role: 'admin', active: true, hasPin: true })
  expect(Date.parse(listed.lockedUntil)).toBeGreaterThan(systemClock.nowMs())

  const reset = canteenStaff(['--reset', staffId], `${NEW}\n`)
  expect(reset).toMatchObject({ status: 0, stderr: '' })
  expect(JSON.parse(reset.stdout)).toEqual({ staffId, reset: true })
  expect(reset.stdout).not.toContain(NEW)
  expect(JSON.parse(canteenStaff([]).stdout)).toMatchObject([{ lockedUntil: null }])

  expect(await signIn(staffId, NEW)).toBe('right')
  expect(await signIn(staffId, FORGOTTEN)).toBe('wrong-pin')
  const audit = await atDesk((_desk, book) => Promise.resolve(readAudit(book, 20, null)))
  expect(audit.find(({ act }) => act === 'pin-changed')).toMatchObject({
    actorName: 'canteen staff',
    subject: '周主任',
  })
})

test('SE-6 nobody, a PIN that anybody would try, or no PIN at all changes nothing: words, and exit 1', async () => {
  const staffId = await lockedOutAdmin()
  expect(canteenStaff(['--reset', 'nobody'], `${NEW}\n`)).toMatchObject({ status: 1, stdout: '' })
  expect(canteenStaff(['--reset', staffId], '1234\n')).toMatchObject({ status: 1, stdout: '' })
  expect(canteenStaff(['--reset', staffId])).toMatchObject({ status: 1, stdout: '' })
  expect(canteenStaff(['--reset']).status).toBe(2)
  expect(await signIn(staffId, FORGOTTEN)).toBe('locked')
})

test('SE-6 beside a running counter staff are listed and no PIN is changed; without a book nothing is made', async () => {
  expect(canteenStaff([])).toMatchObject({ status: 3, stdout: '' })
  const staffId = await lockedOutAdmin()
  await atDesk(() => {
    expect(JSON.parse(canteenStaff([]).stdout)).toMatchObject([{ staffId }])
    const { status, stderr } = canteenStaff(['--reset', staffId], `${NEW}\n`)
    expect(status).toBe(3)
    expect(stderr).toMatch(/^canteen staff: /)
    return Promise.resolve()
  })
  expect(await signIn(staffId, NEW)).toBe('locked')
})
