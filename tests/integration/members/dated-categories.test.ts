import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { quotes } from '../../../electron/station/book-checks/sales.ts'
import { replayBookMonth } from '../../../electron/station/policy/replay-month.ts'
import { CHINA_CALENDAR } from '../../../shared/domain/calendar-china.ts'
import { addDays } from '../../../shared/domain/calendar.ts'
import { draftFor } from '../../../shared/domain/checkout/quoting.ts'
import { TODAY, saleDraft } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { shippedPacks } from '../../fixtures/policy/golden.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'
import { formOf } from './people.ts'

const stations: CounterStation[] = []

async function office(): Promise<SignedInWindow & { readonly counter: CounterStation }> {
  const counter = new CounterStation()
  stations.push(counter)
  return { ...(await signedIn(counter.station, 'cashier')), counter }
}

afterEach(async () => {
  for (const station of stations.splice(0)) await station.stop()
})

const NUMBER = 'DB-2026-889944'
const UNTIL = addDays(TODAY, 10)
const DATED = {
  category: 'extreme-poverty',
  from: '2026-01-01',
  until: UNTIL,
  proof: { kind: '特困证', number: NUMBER },
}
const person = (change: Parameters<typeof formOf>[0] = {}) =>
  formOf({ categories: ['extreme-poverty', 'living-alone'], categoryTimes: [DATED], ...change })
const CARD = '00000000C7'

test('ME-14 dates stand in the journal, the proof with her personal data alone, and the screen shows its number masked', async () => {
  const { client, counter } = await office()
  const memberId = uuidv7()
  await client.members.register({ memberId, person: person() })
  const shown = await client.members.get({ memberId })
  expect(shown).toMatchObject({
    categories: ['extreme-poverty', 'living-alone'],
    registered: [
      {
        category: 'extreme-poverty',
        from: '2026-01-01',
        until: UNTIL,
        standing: 'holds',
        proof: { kind: '特困证', numberMasked: '…9944', checkedOn: TODAY },
      },
      { category: 'living-alone', from: null, until: null, standing: 'holds', proof: null },
    ],
  })
  const texts = counter.book.read((file) => [...file.journal.all()].map(({ bodyText }) => bodyText))
  expect(texts.some((text) => text.includes(UNTIL))).toBe(true)
  expect(texts.filter((text) => text.includes(NUMBER) || text.includes('特困证'))).toEqual([])
  const sealed = counter.book.read((file) =>
    file
      .statement<[string], { readonly sealed: Buffer }>('SELECT sealed FROM persons WHERE member_id = ?')
      .get(memberId),
  )
  expect(sealed?.sealed.includes(NUMBER)).toBe(false)

  // A number that the screen does not know stays, with who looked at it; a form that says no times leaves them.
  const kept = { ...DATED, proof: { kind: '特困证', number: null } }
  await client.members.change({ memberId, person: person({ categoryTimes: [kept] }) })
  expect((await client.members.get({ memberId })).registered).toEqual(shown.registered)
  const { categoryTimes: _, ...withoutTimes } = person()
  await client.members.change({ memberId, person: withoutTimes })
  expect((await client.members.get({ memberId })).registered).toEqual(shown.registered)
  const backwards = { ...DATED, from: UNTIL, until: TODAY }
  await expect(
    client.members.change({ memberId, person: person({ categoryTimes: [backwards] }) }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('ME-14 on its last day it counts, the day after the quote is another one and says why; check and replay agree', async () => {
  const { client, counter } = await office()
  const { book } = counter
  const memberId = uuidv7()
  await client.members.register({ memberId, person: person() })
  await client.members.issueCard({ memberId, uid: CARD })
  const pack = shippedPacks().find(({ id }) => id === 'yuhua')
  if (pack === undefined) throw new Error('no such pack')
  book.append({ kind: 'policy.published', body: { pack } }, 'test')
  const AREA = '43/4301/430111'
  const quotedOn = (businessDate: string) => {
    const found = book.lookUpCard(CARD, businessDate)
    const member = found.kind === 'known' ? found.member : null
    const place = { canteenArea: AREA, workingDay: true, minuteOfDay: 720 }
    const meal = { pack, businessDate, mealPeriod: 'lunch', ...place } as const
    const lines = saleDraft({ priceFen: 1_500 }).lines.map((line) => ({ ...line, tags: ['basic-set-meal'] }))
    return draftFor({ saleId: uuidv7() }, lines, member, meal)
  }
  const [last, after] = [quotedOn(UNTIL), quotedOn(addDays(UNTIL, 1))]
  expect([last.quote.selfPayFen, after.quote.selfPayFen]).toEqual([400, 1_200])
  const words = after.quote.steps.map((step) => step.words.zh)
  expect(words).toContain(`您登记的“特困”到 ${UNTIL} 为止，今天不算了，请带新证明来登记`)
  expect(last.quote.steps.map((step) => step.words.zh).join()).not.toContain('今天不算了')

  const cash = (draft: typeof last) => ({
    ...draft,
    tender: { walletFen: draft.tender.walletFen, cashFen: draft.tender.cashFen },
  })
  for (const draft of [last, after]) expect(book.settle(cash(draft)).kind).toBe('settled')
  const place = { canteenArea: AREA, calendar: CHINA_CALENDAR }
  book.read((file) => {
    expect([...quotes.find({ db: file.db, place } as Parameters<typeof quotes.find>[0])]).toEqual([])
    const replay = replayBookMonth(file, pack, TODAY.slice(0, 7), place)
    expect(replay.selfPay).toMatchObject({ beforeFen: 1_600, differenceFen: 0 })
  })
})

test('ME-15 the office lists what ends within 30 days; renewed it is not listed, and older registrations have no end', async () => {
  const { client } = await office()
  const memberId = uuidv7()
  await client.members.register({ memberId, person: person() })
  expect(await client.members.proofsRunningOut({ days: 30 })).toEqual([
    {
      memberId,
      fullName: formOf().fullName,
      phoneMasked: null,
      category: 'extreme-poverty',
      until: UNTIL,
      daysLeft: 10,
    },
  ])
  expect(await client.members.proofsRunningOut({ days: 9 })).toEqual([])
  const renewed = { ...DATED, from: addDays(UNTIL, 1), until: '2027-12-31' }
  await client.members.change({ memberId, person: person({ categoryTimes: [DATED, renewed] }) })
  expect(await client.members.proofsRunningOut({ days: 30 })).toEqual([])
})
