import { rmSync } from 'node:fs'
import { ORPCError } from '@orpc/client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isContractProcedure } from '@orpc/contract'
import { uuidv7 } from 'uuidv7'
import { verifyDatabase } from '../../../electron/station/book/verify-book.ts'
import { PERMISSIONS } from '../../../electron/station/staff/permissions.ts'
import { contract } from '../../../shared/contract/index.ts'
import { PACK, saleDraft, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'

/** Requests as the office sends them: each is the pattern from which wrong ones are made, one field at a time. */
const LINE = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }

const SOUND: Readonly<Record<string, object>> = {
  'staff.createFirstAdmin': { name: '林主任', pin: '905271' },
  'staff.signIn': { staffId: 'nobody', pin: '418052' },
  'staff.add': { name: '小林', role: 'cashier', pin: '640917' },
  'staff.change': { staffId: 'nobody', name: '小林', role: 'cashier', active: true },
  'staff.resetPin': { staffId: 'nobody', pin: '640917' },
  'staff.changeOwnPin': { oldPin: '111222', newPin: '640917' },
  'staff.audit': { limit: 20, before: { origin: 'kiosk-1', seq: 3 } },
  'menus.saveDish': {
    dishId: null,
    name: { zh: '汤', en: 'Soup' },
    emoji: '🍲',
    tags: ['soup'],
    retired: false,
  },
  'menus.setPrice': {
    dishId: 'soup',
    pricing: { kind: 'weight', price: { per: '500g', fen: 1800 } },
    effectiveFromMs: null,
  },
  'menus.plan': { businessDate: TODAY, mealPeriod: 'lunch' },
  'menus.setPlan': { businessDate: TODAY, mealPeriod: 'lunch', dishIds: ['soup'] },
  'menus.copyDay': { from: TODAY, to: '2026-11-04' },
  'menus.setSoldOut': { businessDate: TODAY, mealPeriod: 'lunch', dishId: 'soup', soldOut: true },
  'members.search': { text: '林', limit: 10 },
  'members.get': { memberId: 'm-1' },
  'members.showIdNumber': { memberId: 'm-1' },
  'members.register': {
    memberId: uuidv7(),
    person: {
      fullName: '林秀英',
      formOfAddress: '林依姆',
      idNumber: null,
      bornOn: '1950-05-05',
      phone: '13900001111',
      categories: ['hukou-city'],
      householdArea: '35/3501',
      residenceArea: '35/3501',
    },
  },
  'members.change': {
    memberId: 'm-2',
    person: {
      fullName: '林阿二',
      formOfAddress: '林依姆',
      idNumber: null,
      bornOn: '1950-05-05',
      phone: '13900001112',
      categories: ['hukou-city'],
      householdArea: '35/3501',
      residenceArea: '35/3501',
    },
  },
  'members.issueCard': { memberId: 'm-1', uid: 'AA00000001' },
  'members.reportLost': { uid: 'AA00000009' },
  'members.takeBackLost': { uid: 'AA00000009' },
  'members.reissueCard': { memberId: 'm-1', newUid: 'AA00000002' },
  'members.setPhoto': { memberId: 'm-1', base64: null },
  'members.photo': { memberId: 'm-1' },
  'members.setPin': { memberId: 'm-1', pin: '730186' },
  'members.addPayer': { payerId: uuidv7(), memberId: 'm-1', name: '林小燕', relation: '女儿', phone: null },
  'members.changePayer': { payerId: uuidv7(), memberId: 'm-1', name: '林小燕', relation: '女儿', phone: '' },
  'members.removePayer': { payerId: uuidv7(), memberId: 'm-1' },
  'members.setDailyLimit': { memberId: 'm-1', dailyLimitFen: 5_000 },
  'members.returnCard': { returnId: uuidv7(), uid: 'AA00000009' },
  'members.topUp': { topUpId: uuidv7(), memberId: 'm-1', amountFen: 5000 },
  'members.reverseTopUp': { reversalId: uuidv7(), topUpId: 'none', note: '退' },
  'wallets.refund': { refundId: uuidv7(), memberId: 'm-1', amountFen: 100, note: '退' },
  'wallets.correct': {
    correctionId: uuidv7(),
    memberId: 'm-1',
    amountFen: -100,
    reason: 'other',
    corrects: null,
    note: '抄错',
  },
  'wallets.statement': { memberId: 'm-1', from: TODAY, to: TODAY },
  'wallets.exportBalances': { format: 'xlsx' },
  'wallets.payOutAll': { closureId: uuidv7(), method: 'transfer', note: '停办' },
  'wallets.printStatement': { memberId: 'm-1', from: TODAY, to: TODAY, language: 'en' },
  'wallets.undoCorrection': { correctionId: uuidv7(), undoes: 'none', note: '' },
  'members.proofsRunningOut': { days: 30 },
  'members.erase': { memberId: 'm-2' },
  'memberImport.read': { fileName: '名单.csv', base64: Buffer.from('姓名,身份证号\n').toString('base64') },
  'memberImport.begin': { importId: uuidv7() },
  'members.movements': { memberId: 'm-1', days: 30 },
  'receipts.read': { of: { kind: 'top-up', topUpId: 'none' } },
  'receipts.print': { of: { kind: 'day-close', businessDate: TODAY } },
  'bays.watchBay': { bayId: 'none' },
  'bays.press': { key: { kind: 'close-tray', trayId: uuidv7() } },
  'bays.cancel': { key: { kind: 'cancel-line', trayId: uuidv7(), bayId: 'none' } },
  'devices.search': { paths: ['/dev/none'], ask: false },
  'devices.tryOut': { path: '/dev/none', protocol: 'mt-sics', line: LINE, unit: 'kg' },
  'devices.choose': {
    path: '/dev/none',
    protocol: 'mt-sics',
    line: LINE,
    unit: 'kg',
    plate: { id: 'S-1', maxGrams: 15_000, minGrams: 100, divisionGrams: 5, verifiedUntil: TODAY },
  },
  'printing.again': { of: { kind: 'top-up', topUpId: 'none' } },
  'printing.drop': { jobId: 'none' },
  'sales.list': { businessDate: TODAY, limit: 20, beforeSaleId: uuidv7() },
  'sales.void': { voidId: uuidv7(), saleId: uuidv7(), reason: 'other', note: '退' },
  'sales.reversePart': {
    reversalId: uuidv7(),
    saleId: uuidv7(),
    lines: [{ lineNo: 0, quantity: 1 }],
    reason: 'other',
    note: '退',
  },
  'day.close': { businessDate: '2026-11-09', countedFen: 100, floatFen: 0, explanation: '' },
  'day.moveDrawer': { moveId: uuidv7(), amountFen: 100, note: '零钱' },
  'metrology.beginCheck': { nominalMg: 1_000_000 },
  'metrology.finishCheck': { checkId: uuidv7() },
  'metrology.watch': { bayId: 'none' },
  'metrology.cancelCheck': { checkId: uuidv7() },
  'metrology.release': { releaseId: uuidv7(), checkId: uuidv7(), note: '修秤' },
  'reports.day': { businessDate: TODAY },
  'reports.days': { from: TODAY, to: TODAY },
  'reports.export': { businessDate: TODAY, format: 'csv' },
  'claims.get': { period: 'month', date: TODAY },
  'claims.export': { period: 'month', date: TODAY, format: 'csv' },
  'policy.quote': {
    packText: JSON.stringify(PACK),
    meal: {
      member: { bornOn: '1950-05-05', household: '35/3501', residence: '35', categories: ['low-income'] },
      date: TODAY,
      canteen: '35/3501',
      mealPeriod: 'lunch',
      workingDay: true,
      channel: 'counter',
      foodFen: 1200,
      deliveryFen: 0,
      dishTags: ['set-meal'],
      uses: [
        { benefit: 'daily-3', date: TODAY, mealPeriod: 'lunch', amountFen: 300, here: true, saleId: 's' },
      ],
    },
  },
  'policy.publish': { packText: JSON.stringify(PACK) },
  'policy.replay': { packText: JSON.stringify(PACK), month: '2026-11' },
  'sync.enrol': { url: 'http://127.0.0.1:9', code: 'CODE' },
  'counter.enterPin': { saleId: 'none', pin: '730186' },
  'counter.photo': { photoId: 'none' },
  'counter.confirmSale': { saleId: 'none' },
  'counter.cardTyped': { digits: '0013530444' },
  'counter.press': { key: { kind: 'add-portion', dishId: 'soup', quantity: 1 } },
  'sales.recent': { limit: 5 },
  'sales.explain': { saleId: uuidv7() },
  'sales.dayTotals': { businessDate: TODAY },
}

/** What no field of any request can hold. */
const NEVER: readonly unknown[] = [
  -1,
  0.5,
  2 ** 53,
  -(2 ** 53),
  1e308,
  10n ** 20n,
  'x'.repeat(2_000_000),
  { $ne: null },
  [[]],
  new Date(Number.NaN),
]

/** What some texts may hold, and what has to be told apart from what harms. */
const ODD: readonly unknown[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\u202e123',
  "'; DROP TABLE sales; --",
  '=HYPERLINK("x")',
  '__proto__',
  '../../../etc/passwd',
  '0000-01-01',
  '9999-12-31',
  '2026-02-30',
  true,
  // On the wire these are null.
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  undefined,
  [],
  {},
]

let till: CounterStation
let admin: SignedInWindow

beforeAll(async () => {
  till = new CounterStation()
  admin = await signedIn(till.station, 'admin')
  till.book.settle(saleDraft({ subsidised: true }))
})

afterAll(async () => {
  admin.close()
  await till.stop()
  rmSync(till.folder, { recursive: true, force: true })
})

/** Everything that a request could have changed. */
function standing(): string {
  const { entries, headHash } = till.book.health()
  const rest = till.book.read((file) =>
    ['persons', 'staff_pins'].map((table) =>
      file.statement<[], { rows: number }>(`SELECT count(*) AS rows FROM ${table}`).get(),
    ),
  )
  return JSON.stringify([entries, headHash, rest])
}

async function send(name: string, input: unknown): Promise<unknown> {
  const [area = '', procedure = ''] = name.split('.')
  const parts = admin.client as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >
  const call = parts[area]?.[procedure]
  if (call === undefined) throw new Error(`no client for ${name}`)
  return await call(input).then(
    () => null,
    (error: unknown) => error,
  )
}

type Path = readonly (string | number)[]

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...path, key]))
}

/** Ids that the caller makes are new each time: the same one with another body is a broken invariant (SPEC LG-2). */
const OWN_IDS = [
  'moveId',
  'voidId',
  'reversalId',
  'topUpId',
  'releaseId',
  'refundId',
  'correctionId',
] as const
const renewed = (request: object): object => {
  const made = OWN_IDS.filter((key) => uuid.test(String((request as Record<string, unknown>)[key])))
  return { ...request, ...Object.fromEntries(made.map((key) => [key, uuidv7()])) }
}
const uuid = /^[0-9a-f-]{36}$/

/** The request with one field in it replaced. */
function withAt(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (String(index) === key ? withAt(each, rest, put) : each))
  const record = value as Record<string, unknown>
  return { ...record, [key]: withAt(record[key], rest, put) }
}

/** A refusal that people and screens can tell apart; never the station's own crash. */
function expectTyped(error: unknown, about: string): void {
  if (!(error instanceof ORPCError)) throw new Error(`${about}: ${String(error)}`)
  const { code, status, defined } = error as ORPCError<string, unknown>
  const typed = defined || (code === 'BAD_REQUEST' && status === 400)
  expect({ about, code, typed }).toEqual({ about, code, typed: true })
}

test('ST-4 every request of the office that takes an input is among those that are tried', () => {
  const takesInput = Object.entries(contract).flatMap(([area, parts]) =>
    Object.entries(parts as Record<string, unknown>).flatMap(([name, each]) => {
      if (!isContractProcedure(each)) return []
      const { inputSchema } = each['~orpc'] as { readonly inputSchema: unknown }
      return inputSchema === undefined ? [] : [`${area}.${name}`]
    }),
  )
  expect(Object.keys(SOUND).toSorted()).toEqual(takesInput.toSorted())
  for (const name of takesInput) expect(Object.keys(PERMISSIONS)).toContain(name.split('.')[0])
})

describe.each(Object.keys(SOUND))('%s', (name) => {
  const sound = SOUND[name] ?? {}
  const leaves = leavesOf(sound)

  test('ST-4 a field that holds what it cannot is a typed error and changes nothing', async () => {
    for (const path of leaves)
      for (const wrong of NEVER) {
        // Money into the drawer may be negative, and a moment may be long ago.
        if (
          wrong === -1 &&
          ['amountFen', 'effectiveFromMs'].includes(String(path.at(-1))) &&
          !['members.topUp', 'wallets.refund'].includes(name)
        )
          continue
        // Any letters may be a file: what is in it is looked at after the answer, and refused beside it.
        if (path.at(-1) === 'base64' && typeof wrong === 'string') continue
        const before = standing()
        const about = `${path.join('.')} = ${String(wrong).slice(0, 30)}`
        const error = await send(name, withAt(renewed(sound), path, wrong))
        expect({ about, error }).not.toEqual({ about, error: null })
        expectTyped(error, about)
        expect({ about, standing: standing() }).toEqual({ about, standing: before })
      }
  }, 60_000)

  test('ST-4 a field with an odd text, or without anything, is done or refused with a typed error', async () => {
    for (const path of leaves)
      for (const odd of ODD) {
        const before = standing()
        const about = `${path.join('.')} = ${JSON.stringify(odd) ?? 'undefined'}`
        const error = await send(name, withAt(renewed(sound), path, odd))
        if (error === null) continue
        expectTyped(error, about)
        // A wrong PIN is written down: that is the lock-out's memory. So is a pack that was not taken.
        if (error instanceof ORPCError && ['WRONG_PIN', 'LOCKED'].includes(String(error.code))) continue
        if (name === 'policy.publish') continue
        expect({ about, standing: standing() }).toEqual({ about, standing: before })
      }
  }, 60_000)

  test('ST-4 anything at all, and a field too many, is a typed error and changes nothing', async () => {
    const before = standing()
    expectTyped(await send(name, { ...sound, more: 1 }), 'a field too many')
    const junk = fc.anything({ withNullPrototype: false }).filter((value) => value !== undefined)
    await fc.assert(
      fc.asyncProperty(junk, async (input) => {
        expectTyped(await send(name, input), JSON.stringify(input) ?? 'junk')
      }),
      { numRuns: 60, seed: 3 },
    )
    expect(standing()).toBe(before)
  })
})

test('LG-8 LG-3 after all of that the book has no findings and its sums are equal', () => {
  const report = till.book.read((file) => verifyDatabase(file.db))
  expect(report.findings).toEqual([])
  expect(report.debitFen).toBe(report.creditFen)
})
