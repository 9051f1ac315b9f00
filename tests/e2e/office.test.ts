import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayAfter } from '../../shared/domain/calendar.ts'
import type { Page } from 'playwright-core'
import { resizeWindow } from '../../electron/trial/lunch/picture.ts'
import { takeTypingReader } from '../fixtures/canteen-file.ts'
import { HOLDER } from '../fixtures/id-cards.ts'
import { ADMIN, CASHIER, FIRST_CARD, GAO, MANAGER, NEW_CARD, OfficeDay } from '../fixtures/office-day.ts'
import type { OfficePerson } from '../fixtures/office-person.ts'
import type { ServedCounter } from '../fixtures/served-counter.ts'
import {
  adminClosesTheCanteen,
  cashierPressesTheDialogs,
  managerPressesTheDialogs,
} from './office-dialogs.ts'

const PICTURES = join(import.meta.dirname, '..', '..', 'out', 'e2e', 'office')

const NOT_SOLD = '[data-table="not-sold"]'

let day: OfficeDay
let counter: ServedCounter
let person: OfficePerson
let closedDate = ''

// One day, from the first run to the close: each test goes on where the one before ended.
beforeAll(async () => {
  day = await OfficeDay.begin(PICTURES)
  ;({ counter, person } = day)
}, 120_000)
afterAll(() => counter.remove())

test('SE-9 the first run makes the first admin, and no PIN that anybody would try is taken', async () => {
  const { page, hands } = person
  await hands.enter()
  await hands.sees('[data-screen="first-run"]')
  await page.fill('.sign-in-name input', ADMIN.name)
  await hands.keyIn('1111')
  await page.waitForSelector('.sign-in-pin h2:has-text("再按一次")')
  await hands.keyIn('1111')
  await page.waitForSelector('.sign-in-problem:has-text("容易猜到")')
  await person.photograph('first-run')
  await hands.keyIn(ADMIN.pin)
  await hands.keyIn(ADMIN.pin)
  await hands.sees('[data-nav="staff"]')
  // Not one digit of the PIN went into the name.
  expect(await page.textContent('.bar-who')).toBe(`${ADMIN.name}管理员`)
})

test('SE-7 the admin adds a manager and a cashier; no page above her role is offered to the cashier', async () => {
  const { hands } = person
  await hands.goTo('staff')
  await person.adds(MANAGER, 'manager')
  await person.adds(CASHIER, 'cashier')
  await person.photograph('staff')
  expect(await person.offered()).toEqual(expect.arrayContaining(['reports', 'audit', 'staff']))
  await person.signOut()
  await person.photograph('sign-in')
  await person.signIn(CASHIER.name, CASHIER.pin)
  const offered = await person.offered()
  expect(offered).toEqual(expect.arrayContaining(['menu', 'members', 'sales', 'day']))
  for (const name of ['reports', 'audit']) expect(offered).not.toContain(name)
  await person.page.evaluate(() => (location.hash = '#/office/reports'))
  await person.page.waitForTimeout(500)
  expect(await person.page.locator('[data-figure], [data-export]').count()).toBe(0)
  await hands.goTo('staff')
  expect(await person.page.locator('[data-action="add"], [data-pin]').count()).toBe(0)
})

test('SE-6 three wrong PINs lock their owner out, also over a killed station; a new PIN from the admin ends it', async () => {
  const { page, hands } = person
  await person.signOut()
  for (const guess of ['1990', '1991']) {
    await person.tryPin(MANAGER.name, guess)
    await page.waitForSelector('.sign-in-problem:has-text("密码不对")')
  }
  await person.tryPin(MANAGER.name, '1992')
  await hands.sees('.sign-in-locked')
  await person.photograph('locked-out')
  counter.killStation()
  await counter.seniors.waitForSelector('[data-connection="checking"]')
  await day.sees('idle')
  await hands.sees(`.tile:has-text("${MANAGER.name}"):has-text("锁住")`)
  await person.photograph('locked-out-after-kill')
  await person.signIn(ADMIN.name, ADMIN.pin)
  await hands.goTo('staff')
  await page.click(`.ant-table-row:has-text("${MANAGER.name}") [data-pin]`)
  await hands.keyIn(MANAGER.newPin, '.pin-dialog')
  await hands.sees('[data-dialog="pin"][data-step="again"]')
  await hands.keyIn(MANAGER.newPin, '.pin-dialog')
  await person.isTold('有新密码了')
  await person.signOut()
  await person.signIn(MANAGER.name, MANAGER.newPin)
  expect(await page.textContent('.bar-who')).toBe(`${MANAGER.name}店长`)
})

test('ME-1 ME-2 today’s menu, another price now, and the same menu for tomorrow', async () => {
  const { page, hands } = person
  await hands.goTo('menu')
  await page.click('[data-planned="mapo-tofu"] [data-action="remove"]')
  await page.waitForSelector('[data-planned="mapo-tofu"]', { state: 'detached' })
  await page.click('[data-library="rice"] [data-action="edit"]')
  await page.fill('.dish-form [aria-label="价钱"]', '1.50')
  await hands.sees('.start-choice')
  await person.photograph('price-change')
  await hands.press('save')
  await hands.sees('[data-planned="rice"]:has-text("1.50")')
  await page.click('.menus-meal .ant-segmented-item:has-text("明天")')
  await hands.press('copy')
  await person.isTold('抄好了')
  await hands.sees('[data-planned="rice"]')
  expect(await page.locator('.plan-notice, [data-planned="mapo-tofu"]').count()).toBe(0)
  await person.photograph('menu-tomorrow')
  await hands.leave()
  await hands.sees('[data-key="dish:rice"]:has-text("1.50")')
  expect(await page.locator('[data-key="dish:mapo-tofu"]').count()).toBe(0)
  await hands.enter()
})

test('ME-3 sold out with one tap: the staff’s key rests, the seniors’ screen says so, and one tap brings it back', async () => {
  const { page, hands } = person
  await page.click('[data-planned="rice"] [data-action="sold-out"]')
  await counter.seniors.waitForSelector('.menu-row-gone:has-text("卖完了")')
  await person.photograph('sold-out')
  await person.photograph('sold-out-seniors', counter.seniors)
  await hands.leave()
  await hands.sees('.key-sold-out[data-key="dish:rice"]:disabled')
  await person.photograph('sold-out-staff')
  await hands.enter()
  await page.click('[data-planned="rice"] [data-action="sold-out"]')
  await counter.seniors.waitForSelector('.menu-row-gone', { state: 'detached' })
  expect(await page.locator('[data-sold-out="true"]').count()).toBe(0)
  await person.signOut()
})

test('ME-4 ME-5 a senior is registered by her ID number, given a card at the reader and topped up in cash', async () => {
  const { page, hands } = person
  await person.signIn(CASHIER.name, CASHIER.pin)
  await hands.goTo('members')
  await hands.press('register')
  await page.fill('[aria-label="姓名"]', GAO.name)
  await page.fill('[aria-label="身份证号"]', GAO.idNumber.replace('X', '1'))
  await hands.sees('.field-problem:has-text("最后一位对不上")')
  await person.photograph('id-number-wrong')
  await page.fill('[aria-label="身份证号"]', GAO.idNumber)
  expect(await page.inputValue('[aria-label="生日"]')).toBe('1950-05-20')
  await hands.press('save')
  await hands.sees(`.member-head:has-text("${GAO.name}")`)
  await hands.press('issue')
  await hands.sees('[data-dialog="tap"]:has-text("先收押金 10.00 元现金，再刷卡")')
  await person.photograph('card-awaited')
  await day.tap(FIRST_CARD)
  await hands.sees(`[data-card="${FIRST_CARD}"][data-state="valid"]`)
  await person.topsUp('50')
  expect(await page.textContent('[data-step="done"]')).toContain('50.00')
  await person.photograph('topped-up')
  await hands.press('next')
  await day.balanceIs(5_000)
})

test('ME-8 the key in the register form waits for an ID card at the reader, and what it says is registered', async () => {
  const { page, hands } = person
  await hands.goTo('members')
  await hands.press('register')
  await hands.press('read-id-card')
  await hands.sees('[data-id-card="waiting"]:has-text("请把身份证放到读卡器上")')
  expect(await page.inputValue('[aria-label="姓名"]')).toBe('')
  counter.idReader.lay(HOLDER)
  await hands.sees('[data-id-card="idle"]:has-text("已读出，请核对后登记")')
  counter.idReader.lift()
  const filled = ['姓名', '身份证号', '生日'].map((label) => page.inputValue(`[aria-label="${label}"]`))
  expect(await Promise.all(filled)).toEqual(['王秀英', '11010119430512000X', '1943-05-12'])
  await person.photograph('id-card-read')
  await hands.press('save')
  await hands.sees('.member-head:has-text("王秀英")')
  expect(await page.textContent('.member-id')).toBe('110101********000X')
  expect(await page.textContent('body')).not.toContain('11010119430512000X')
})

test('ME-6 LG-24 she eats with her card, asks for her balance, loses it, and eats on with a new one and the same wallet', async () => {
  const { page, hands } = person
  await day.eats(FIRST_CARD, '5.80', '44.20')
  await day.sees('idle')
  await day.tap(FIRST_CARD)
  await day.sees('awaiting-plate')
  const balance = await counter.seniors.waitForSelector('.reckoning-balance [data-fen]')
  expect(await balance.getAttribute('data-fen')).toBe('4420')
  await person.photograph('balance-by-tap', counter.seniors)
  await person.opensMember(GAO.initials, GAO.name)
  await page.click(`[data-card="${FIRST_CARD}"] [data-action="lost"]`)
  await hands.sees(`[data-card="${FIRST_CARD}"][data-state="lost"]`)
  // Tapped before it was lost, it waits for a plate still.
  counter.putPlate(220)
  await day.sees('trouble', 'card-lost')
  await day.sees('ready')
  await day.tap(FIRST_CARD)
  await day.sees('trouble', 'card-lost')
  await person.photograph('lost-card-refused', counter.seniors)
  await hands.press('reissue')
  await hands.sees('[data-dialog="tap"]')
  await day.tap(NEW_CARD)
  await hands.sees(`[data-card="${NEW_CARD}"][data-state="valid"]`)
  await page.waitForSelector('[data-dialog="tap"]', { state: 'detached' })
  await day.balanceIs(4_420)
  await person.photograph('reissued')
  // Her second meal of this period has no subsidy any more.
  await day.tap(NEW_CARD)
  await day.isPaid('8.80', '35.40')
})

test('LG-24 LG-25 a cashier takes a sale and a top-up back with the manager’s PIN: wallet and subsidy are as before', async () => {
  const { page, hands } = person
  await hands.goTo('sales')
  await page.click('.ant-table-row:has-text("3.00") [data-void]')
  await page.click('.reasons .ant-radio-button-wrapper >> nth=0')
  await person.photograph('void')
  await hands.press('void')
  await hands.sees('.approval')
  await person.photograph('approval')
  await person.approves(MANAGER.name, MANAGER.newPin)
  await hands.sees('.ant-table-row:has-text("已作废")')
  await person.photograph('voided')
  await person.opensMember(GAO.initials, GAO.name)
  await day.balanceIs(4_120)
  await hands.sees('.ant-table-row:has-text("退餐"):has-text("+5.80")')
  await day.eats(NEW_CARD, '5.80', '35.40')
  await day.balanceIs(3_540)
  await person.topsUp('100')
  await hands.press('next')
  await day.balanceIs(13_540)
  await page.click('[data-action="reverse"] >> nth=0')
  await page.fill('[data-dialog="reverse"] input', '金额按错')
  await hands.press('confirm-reverse')
  await person.approves(MANAGER.name, MANAGER.newPin)
  await day.balanceIs(3_540)
  await hands.sees('.ant-table-row:has-text("充值撤回")')
  expect(await page.locator('[data-action="reverse"]').count()).toBe(0)
  await person.photograph('statement')
  await person.signOut()
})

cashierPressesTheDialogs(() => day)

test('ME-8 SE-8 the manager finds in the audit who read an ID card, and nothing of what it said', async () => {
  const { page, hands } = person
  await person.signIn(MANAGER.name, MANAGER.newPin)
  await hands.goTo('audit')
  await hands.sees(`.ant-table-row:has-text("读取身份证"):has-text("${CASHIER.name}")`)
  expect(await page.locator('.ant-table-row:has-text("读取身份证")').count()).toBe(1)
  expect(await page.textContent('body')).not.toContain('11010119430512000X')
})

managerPressesTheDialogs(() => day)

test('LG-26 LG-27 BY-19 the day is closed with a difference and its reason, the slip is shown, and the next sale has the next date', async () => {
  const { page, hands } = person
  await hands.goTo('day')
  // 50.00 and 100.00 topped up, 20.00 paid back, and ten yuan of deposit on the card that is still out.
  expect(await hands.countDrawer(-100)).toBe(13_900)
  await hands.sees('[data-difference="-100"]')
  expect(await page.locator('[data-action="close-day"]:disabled').count()).toBe(1)
  await hands.fill('explanation', '找错一元')
  await hands.fill('float', '20')
  await person.photograph('day-counted')
  await hands.press('close-day')
  await hands.press('confirm-close')
  await hands.sees('[data-closed]')
  closedDate = (await page.getAttribute('[data-closed]', 'data-closed')) ?? ''
  await person.photograph('day-closed')
  await page.click('[data-closed] button')
  await hands.sees('.receipt-picture')
  expect(await page.textContent('.ant-modal-title')).toContain('日结')
  await person.photograph('closing-slip')
  await hands.press('close')

  await day.eats(NEW_CARD, '5.80', '93.60')
  await page.evaluate((date) => (location.hash = `#/office/reports/${date}`), closedDate)
  await hands.sees('[data-figure="meals"]')
  const notSold = await page.innerText(`${NOT_SOLD} tbody`)
  expect(notSold.trim().split(/\s+/)).toEqual(['1', '红烧鱼块', '150', '0', '0', '0', '150'])
  await page.locator(NOT_SOLD).scrollIntoViewIfNeeded()
  await person.photograph('report-not-sold')
  const pdf = await hands.exportReport('pdf')
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-')
  await person.photograph('report')
  await person.signOut()
})

/** Real keys at a reader's pace; a busy machine may be too slow for one card, which a hand would hold there again. */
async function expectAfterTyping(window: Page, cardUid: string, seniorsSee: string): Promise<void> {
  const seen = async () => {
    await window.keyboard.type(cardUid)
    await window.keyboard.press('Enter')
    await pause(500)
    return counter.seniors.isVisible(seniorsSee)
  }
  await expect.poll(seen, { timeout: 20_000, interval: 1_500 }).toBe(true)
}

async function photographEveryPage(language: string, size: string): Promise<void> {
  await resizeWindow(counter.app, person.page, size)
  for (const name of await person.offered()) {
    await person.hands.goTo(name)
    await person.hands.sees('.page-title')
    await person.keep(join(size, `${language}-${name}`))
  }
}

// Each page in each language at each size is measured with the gallery; here they stand in the product.
test('SC-1 SC-7 every page of the office in Chinese on the small screen and in English on the large one', async () => {
  const { page, hands } = person
  await person.signIn(ADMIN.name, ADMIN.pin)
  expect((await person.offered()).length).toBe(18)
  await photographEveryPage('zh', '1280x800')
  await hands.leave()
  await hands.pressKey('settings')
  await page.click('[data-language="en"] >> nth=0')
  await hands.pressKey('close')
  await hands.enter()
  await hands.sees('.bar-who:has-text("Admin")')
  await photographEveryPage('en', '1920x1080')
  await page.evaluate((date) => (location.hash = `#/office/reports/${date}`), closedDate)
  await page.locator(NOT_SOLD).scrollIntoViewIfNeeded()
  expect(await page.innerText(`${NOT_SOLD} thead`)).toContain('Taken without a card')
  await person.keep('1920x1080/en-report-not-sold')
})

test('DV-20 in either window the keys of a reader that types are a tap; a person’s keys stay her own', async () => {
  const { page, hands } = person
  await hands.pressKey('sign-out')
  await hands.sees('[data-screen="sign-in"]')
  takeTypingReader(counter.data)
  counter.killStation()
  await counter.seniors.waitForSelector('[data-connection="checking"]')
  await day.sees('idle')
  // A PIN at a person's pace signs in, though each of its keys might begin a card.
  await page.click(`.sign-in .tile:has-text("${CASHIER.name}")`)
  await hands.sees('.sign-in [data-pin-key="1"]:not([disabled])')
  await page.keyboard.type(CASHIER.pin, { delay: 80 })
  await page.keyboard.press('Enter')
  await hands.sees(`.bar-who:has-text("${CASHIER.name}")`)
  await expectAfterTyping(counter.seniors, FIRST_CARD, '[data-trouble="card-returned"]')
  await expectAfterTyping(
    page,
    NEW_CARD,
    '[data-phase="awaiting-plate"] .reckoning-balance [data-fen="9360"]',
  )
})

adminClosesTheCanteen(() => day)

test('SE-2 no page of the whole day broke the content security policy or complained', () => {
  expect(person.complaints).toEqual([])
})

test('LG-8 LG-26 the book of this day replays to the same tables, and its last sale has the next date', async () => {
  const book = await counter.book()
  try {
    expect(book.dayTotals(closedDate)).toMatchObject({ meals: 4, priceFen: 5110, subsidyFen: 760 })
    expect(book.dayTotals(dayAfter(closedDate))).toMatchObject({ meals: 1, priceFen: 880, subsidyFen: 300 })
  } finally {
    book.close()
  }
})
