import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoMembers } from '../../electron/trial/demo/members.ts'
import { serveCounter, type ServedCounter } from '../fixtures/served-counter.ts'

const LIN = demoMembers[0]
const PIN = '418052'

let counter: ServedCounter
const complaints: string[] = []

beforeAll(async () => {
  counter = await serveCounter()
  await counter.staff.waitForSelector('[data-phase="idle"]', { timeout: 30_000 })
  counter.staff.setDefaultTimeout(15_000)
  counter.staff.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
}, 120_000)
afterAll(() => counter.remove())

async function keyIn(pin: string): Promise<void> {
  await counter.staff.keyboard.type(pin)
  await counter.staff.keyboard.press('Enter')
}

test('SE-9 the first run makes the first admin, whose PIN opens the office in the counter’s own window', async () => {
  const { staff } = counter
  await staff.click('[data-key="office"]')
  await staff.waitForSelector('[data-screen="first-run"]')
  await staff.fill('.sign-in-name input', '周主任')
  await staff.click('[data-pin-key="1"]')
  await keyIn('111')
  await staff.waitForFunction(() => document.querySelector('.sign-in-pin h2')?.textContent?.includes('再'))
  await keyIn('1111')
  await staff.waitForFunction(() =>
    document.querySelector('.sign-in-problem')?.textContent?.includes('容易猜到'),
  )
  await keyIn(PIN)
  await keyIn(PIN)
  await staff.waitForSelector('[data-page="menu"] [data-planned]')
  // Not one digit of the PIN went into the name.
  expect(await staff.textContent('.bar-who')).toBe('周主任管理员')
})

test('ME-3 what is sold out in the office is sold out on the seniors’ screen and on the counter’s keys', async () => {
  const { staff, seniors } = counter
  await staff.click('[data-planned="rice"] [data-action="sold-out"]')
  await seniors.waitForSelector('.menu-row-gone')
  expect(await seniors.textContent('.menu-row-gone')).toContain('卖完了')
  await staff.click('.nav [data-key="to-counter"]')
  await staff.waitForSelector('.key-sold-out[data-key="dish:rice"]:disabled')
  await staff.click('[data-key="office"]')
  await staff.click('[data-planned="rice"] [data-action="sold-out"]')
  await seniors.waitForSelector('.menu-row-gone', { state: 'detached' })
})

test('ME-5 LG-24 a senior is found by the initials of her name and topped up in cash, with a receipt', async () => {
  const { staff } = counter
  await staff.click('[data-nav="members"]')
  await staff.fill('[aria-label="姓名、拼音、电话"]', 'lxy')
  await staff.waitForFunction(() => document.querySelectorAll('.found-row').length === 1)
  await staff.keyboard.press('Enter')
  await staff.click('[data-action="top-up"]')
  await staff.click('[data-quick="100"]')
  await staff.keyboard.press('Enter')
  expect(await staff.textContent('[data-step="confirm"]')).toContain(`${LIN?.person.fullName}现金 100.00 元`)
  await staff.keyboard.press('Enter')
  await staff.waitForSelector('.receipt-picture')
  expect(await staff.textContent('[data-step="done"]')).toContain('189.00')
  await staff.keyboard.press('Enter')
  await staff.waitForSelector('.member-balance [data-fen="18900"]')
})

test('ME-7 a card at the reader is the office’s while it waits for one, and pays nothing', async () => {
  const { staff, seniors } = counter
  counter.putPlate(220)
  await staff.waitForSelector('[data-badge="ready"]')
  await staff.click('[data-action="find-by-card"]')
  await staff.waitForSelector('[data-dialog="tap"]')
  counter.reader.tap(demoMembers[1]?.cardUid ?? '')
  await staff.waitForFunction(
    (name) => document.querySelector('.member-head h2')?.textContent?.includes(name),
    demoMembers[1]?.person.fullName ?? '',
  )
  expect(await seniors.locator('[data-phase="ready"]').count()).toBe(1)
})

test('SE-10 after leaving, the office asks who is there again', async () => {
  await counter.staff.click('[data-key="sign-out"]')
  await counter.staff.click('[data-staff]')
  await keyIn(PIN)
  await counter.staff.waitForSelector('[data-page="members"]')
  expect(await counter.staff.textContent('.bar-who strong')).toBe('周主任')
})

test('SE-2 no page of the office broke the content security policy or complained, opened one after the other', async () => {
  const { staff } = counter
  const names = await staff
    .locator('[data-nav]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('data-nav')))
  expect(names.length).toBeGreaterThan(8)
  for (const name of names) {
    await staff.click(`[data-nav="${name}"]`)
    await staff.waitForSelector(`[data-page="${name}"] .page-title`)
    await staff.waitForTimeout(600)
  }
  expect(complaints).toEqual([])
})
