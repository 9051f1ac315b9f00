import { readFileSync } from 'node:fs'
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { demoMembers } from '../../electron/trial/demo/members.ts'
import { cardDeposit, drawerOf, memberCash } from '../../shared/domain/ledger/accounts.ts'
import { ADMIN, CASHIER, FIRST_CARD, GAO, MANAGER, NEW_CARD, type OfficeDay } from '../fixtures/office-day.ts'

const CHEN = { memberId: 'demo-2', cardUid: '2C00A1B202', name: '陈阿公' }
const PIN = '4827'

/** The day that the dialogs are pressed on, once it has begun. */
type DayOf = () => OfficeDay

const memberIdOf = ({ person }: OfficeDay): string => /members\/([\w-]+)/.exec(person.page.url())?.[1] ?? ''
const drawerFen = ({ counter }: OfficeDay): number => -counter.balanceFen(drawerOf('counter-1'))

/** What her wallet holds: by the book, once the screen says the same. */
async function heldFen(day: OfficeDay): Promise<number> {
  const balanceFen = day.counter.balanceFen(memberCash(memberIdOf(day)))
  await day.balanceIs(balanceFen)
  return balanceFen
}

const rowOf = ({ person }: OfficeDay, ...words: string[]): Locator =>
  words.reduce((rows, hasText) => rows.filter({ hasText }), person.page.getByRole('row')).first()

/** A cashier's: cards, a PIN, part of a sale, who pays for her, her own money back. */
export function cashierPressesTheDialogs(dayOf: DayOf): void {
  test('LG-35 ME-13 a lost card is found and handed in: its deposit is paid back; one marked lost by mistake is hers again', async () => {
    const day = dayOf()
    const { person, counter } = day
    await person.signIn(CASHIER.name, CASHIER.pin)
    await person.opensMember(GAO.initials, GAO.name)
    const depositFen = () => counter.balanceFen(cardDeposit(memberIdOf(day), FIRST_CARD))
    const cards = person.page.getByRole('listitem')
    const first = cards.filter({ hasText: FIRST_CARD })
    expect(await first.textContent()).toContain('押金 10.00 元')
    await person.presses('找到了', first)
    await person.presses('退卡', first)
    const dialog = await person.dialog(`${GAO.name}退这张卡？`)
    expect(await dialog.textContent()).toContain('押金 10.00 元现金退给长者')
    // No notice of what was done before lies over it.
    await dialog.locator('.ant-modal-confirm-title').click({ trial: true })
    await person.photograph('card-returned')
    expect([depositFen(), drawerFen(day)]).toEqual([1_000, 7_000])
    await person.presses('退卡', dialog)
    await person.isTold('请把押金 10.00 元现金退给长者')
    await first.filter({ hasText: '已退' }).waitFor()
    expect(await first.getByRole('button').count()).toBe(0)
    expect([depositFen(), drawerFen(day)]).toEqual([0, 6_000])

    const second = cards.filter({ hasText: NEW_CARD })
    await person.presses('挂失', second)
    await second.filter({ hasText: '已挂失' }).waitFor()
    await person.page.locator('.notice', { hasText: '已挂失' }).getByRole('button', { name: '撤销' }).click()
    await second.filter({ hasText: '可用' }).waitFor()
    expect(await heldFen(day)).toBe(3_540)
  })

  test('CK-20 she sets a PIN that is not easily guessed, and a large meal waits for it at the counter', async () => {
    const day = dayOf()
    const { person, counter } = day
    await person.presses('设密码')
    const dialog = await person.dialog(`${GAO.name}的付款密码`)
    const types = async (pin: string) => {
      await person.page.keyboard.type(pin)
      await person.page.keyboard.press('Enter')
    }
    await types('1234')
    await dialog.getByText('请再输一次').waitFor()
    await types('1234')
    await dialog.getByText('容易猜到').waitFor()
    await types(PIN)
    await dialog.getByText('请再输一次').waitFor()
    await types('4828')
    await dialog.getByText('两次不一样').waitFor()
    await types(PIN)
    await dialog.getByText('请再输一次').waitFor()
    await types(PIN)
    await person.isTold('密码设好了')
    await person.page.getByRole('button', { name: '改密码' }).waitFor()

    // 400 g at 4.00 for 100 g: she has had her subsidy, and 16.00 is more than the canteen's ten yuan.
    const { seniors } = counter
    counter.putPlate(400)
    await day.sees('ready')
    await day.tap(NEW_CARD)
    await seniors.getByRole('heading', { name: '请输密码' }).waitFor()
    const keysIn = async (pin: string) => {
      for (const digit of pin) await person.presses(digit, seniors)
      await person.presses('好了', seniors)
    }
    await keysIn('1357')
    await seniors.getByText('密码不对，还可以试 2 次').waitFor()
    await person.photograph('pin-asked', seniors)
    expect(await heldFen(day)).toBe(3_540)
    await keysIn(PIN)
    await day.isPaid('16.00', '19.40')
    expect(await heldFen(day)).toBe(1_940)
  })

  test('CK-20 of who has no PIN staff says yes, by a key that names the amount', async () => {
    const day = dayOf()
    const { person, counter } = day
    await person.hands.leave()
    counter.putPlate(400)
    await day.sees('ready')
    await person.presses('多一份')
    await person.hands.pressKey('dish:rice')
    await day.tap(CHEN.cardUid)
    await counter.seniors.getByRole('heading', { name: '请等一下' }).waitFor()
    await person.photograph('staff-asked', counter.seniors)
    await person.photograph('staff-asked-counter')
    await person.presses('确认刷卡 14.00')
    await day.isPaid('14.00', '136.00')
    expect(counter.balanceFen(memberCash(CHEN.memberId))).toBe(13_600)
    await person.hands.enter()
  })

  test('LG-32 one of two bowls of rice goes back with a manager’s word, in proportion to who paid', async () => {
    const day = dayOf()
    const { person, counter } = day
    await person.hands.goTo('sales')
    await person.presses('作废', rowOf(day, CHEN.name))
    const dialog = await person.dialog('作废这一单？')
    await dialog.getByRole('button', { name: /红烧鱼块/ }).click()
    const part = await person.dialog('退掉选的这些？')
    await part.getByRole('spinbutton', { name: '几份' }).fill('1')
    await part.getByText('没有拿走').click()
    await person.presses('退所选的', part)
    await person.approves(MANAGER.name, MANAGER.newPin)
    await person.page.getByText('退好了，钱已退回卡里。').waitFor()
    await person.photograph('part-back')
    expect(await rowOf(day, CHEN.name).textContent()).toContain('退了 1.50 元')
    expect(counter.balanceFen(memberCash(CHEN.memberId))).toBe(13_710)
  })

  test('ME-17 LG-40 her daughter is written down as who pays, and her cash is topped up in her name', async () => {
    const day = dayOf()
    const { person } = day
    await person.opensMember(GAO.initials, GAO.name)
    await person.presses('添加付款人')
    const form = await person.dialog(`谁替${GAO.name}付钱`)
    await form.getByLabel('姓名').fill('林小燕')
    await form.getByLabel('关系').fill('女儿')
    await form.getByLabel('电话').fill('13900001111')
    await person.presses('保存', form)
    await person.isTold('林小燕登记好了')
    expect(
      await person.page.getByRole('listitem').filter({ hasText: '女儿 林小燕' }).textContent(),
    ).toContain('139****1111')
    await person.presses('现金充值')
    const dialog = await person.dialog(`给${GAO.name}充值`)
    await person.presses('女儿 林小燕', dialog)
    await person.presses('100 元', dialog)
    await person.presses('下一步', dialog)
    await dialog.getByText(`收女儿 林小燕现金 100.00 元，充进${GAO.name}的卡里？`).waitFor()
    await person.presses('钱收到了，充值', dialog)
    await dialog.getByText('充好了，余额 119.40 元').waitFor()
    await person.photograph('topped-up-payer')
    await person.presses('完成', dialog)
    expect(await heldFen(day)).toBe(11_940)
    expect(await rowOf(day, '充值', '+100.00', '女儿 林小燕 付').count()).toBe(1)
    expect(drawerFen(day)).toBe(16_000)
  })

  test('LG-36 her own money is paid back to her in cash, never more than she has, with a manager’s word', async () => {
    const day = dayOf()
    const { person } = day
    await person.presses('退还余额')
    const dialog = await person.dialog(`退钱给${GAO.name}`)
    await person.page.keyboard.type('119.41')
    expect(await dialog.getByRole('button', { name: '下一步' }).isDisabled()).toBe(true)
    for (const _ of '119.41') await person.page.keyboard.press('Backspace')
    await person.page.keyboard.type('20')
    await person.presses('下一步', dialog)
    await dialog.getByLabel('为什么退').fill('搬去女儿家')
    await person.presses('退现金', dialog)
    await person.approves(MANAGER.name, MANAGER.newPin)
    await dialog.getByText('请把 20.00 元现金交给长者，余额 99.40 元').waitFor()
    await dialog.locator('.receipt-picture').waitFor()
    await person.photograph('refunded')
    await person.presses('完成', dialog)
    expect(await heldFen(day)).toBe(9_940)
    expect(await rowOf(day, '退还余额', '−20.00').count()).toBe(1)
    expect(drawerFen(day)).toBe(14_000)
    await person.signOut()
  })
}

/** A manager's: the most that a card pays a day, and a balance put right. */
export function managerPressesTheDialogs(dayOf: DayOf): void {
  test('CK-21 her own daily limit holds at the counter at once, and an empty field gives the canteen’s back', async () => {
    const day = dayOf()
    const { person, counter } = day
    await person.opensMember(GAO.initials, GAO.name)
    const limits = async (yuan: string) => {
      await person.presses('改限额')
      const dialog = await person.dialog(`${GAO.name}每天最多刷多少`)
      await dialog.getByRole('textbox').fill(yuan)
      await person.presses('保存', dialog)
      await person.isTold('限额改好了')
    }
    await limits('30')
    await person.page.getByText('她的卡每天最多刷 30.00 元').waitFor()
    // Two meals of today stand at 24.80 already.
    counter.putPlate(220)
    await day.sees('ready')
    await day.tap(NEW_CARD)
    await day.sees('trouble', 'daily-limit')
    await person.photograph('limit-reached', counter.seniors)
    expect(await heldFen(day)).toBe(9_940)
    await counter.liftPlate()
    await limits('')
    await person.page.getByText('每天刷卡不限额').waitFor()
  })

  test('LG-37 a balance is put right against the very entry that was wrong, and that is taken back once', async () => {
    const day = dayOf()
    const { person } = day
    await person.presses('更正余额')
    const dialog = await person.dialog(`更正${GAO.name}的余额`)
    await dialog.getByLabel('金额').fill('16')
    await dialog.getByRole('combobox', { name: '哪一笔错了' }).click()
    await person.page.locator('.ant-select-item-option', { hasText: '−16.00' }).click()
    expect(await dialog.getByRole('radio', { name: '吃饭' }).isChecked()).toBe(true)
    await dialog.getByLabel('说明').fill('别人的菜记在她账上')
    await person.presses('更正，余额成 115.40 元', dialog)
    await person.isTold('更正好了，余额 115.40 元')
    expect(await heldFen(day)).toBe(11_540)
    const corrected = rowOf(day, '更正余额 · 吃饭', '+16.00')
    expect(await corrected.textContent()).toMatch(/更正 .+ 的吃饭/)
    await person.presses('撤回', corrected)
    const question = await person.dialog(`撤回${GAO.name}的更正 16.00 元`)
    await person.photograph('correction-undone')
    await person.presses('撤回更正', question)
    await person.isTold('更正撤回了')
    expect(await heldFen(day)).toBe(9_940)
    await rowOf(day, '撤回更正', '−16.00').waitFor()
    expect(drawerFen(day)).toBe(14_000)
  })
}

/** In English, on the large screen: the last day of the canteen. */
export function adminClosesTheCanteen(dayOf: DayOf): void {
  test('LG-39 the canteen closes: the list of all balances to sign, and one step pays every wallet out', async () => {
    const { person, counter } = dayOf()
    const { hands, page } = person
    await person.signOut()
    await person.signIn(ADMIN.name, ADMIN.pin)
    const wallets = demoMembers.map(({ memberId }) => memberCash(memberId))
    expect(wallets.map((account) => counter.balanceFen(account)).toSorted((a, b) => a - b)).toEqual([
      450, 3_000, 5_000, 6_000, 8_900, 13_710,
    ])
    await hands.goTo('balances')
    // All of these and 93.60 of her own.
    await hands.sees('[data-sum="cash"] [data-fen="46420"]')
    await person.presses('List to sign (PDF)')
    const told = page.locator('[data-notice="done"]', { hasText: 'Saved as' })
    const path = /Saved as (.+\.pdf)/.exec((await told.textContent()) ?? '')?.[1] ?? ''
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-')
    await person.presses('Pay everybody out')
    const dialog = await person.dialog('The canteen closes: pay everybody out')
    expect(await dialog.getByRole('button', { name: 'Pay 7 seniors' }).isDisabled()).toBe(true)
    await dialog.getByText('Transfer').click()
    await dialog.getByRole('textbox').fill('The canteen closes')
    await person.presses('Pay 7 seniors', dialog)
    await dialog.getByText('7 seniors were paid; each has a line in her account.').waitFor()
    await person.photograph('paid-out')
    await person.presses('Done', dialog)
    await hands.sees('[data-sum="cash"] [data-fen="0"]')
    expect(wallets.map((account) => counter.balanceFen(account))).toEqual(wallets.map(() => 0))
    expect(await page.getByRole('button', { name: 'Pay everybody out' }).isDisabled()).toBe(true)
  })

  test('LG-35 LG-39 her deposit goes back with her card after that', async () => {
    const day = dayOf()
    const { person, counter } = day
    await person.opensMember(GAO.initials, GAO.name)
    expect(await heldFen(day)).toBe(0)
    const depositFen = () => counter.balanceFen(cardDeposit(memberIdOf(day), NEW_CARD))
    expect(depositFen()).toBe(1_000)
    await person.presses('Return', person.page.getByRole('listitem').filter({ hasText: NEW_CARD }))
    const dialog = await person.dialog(`${GAO.name} returns this card?`)
    await person.photograph('card-returned-english')
    await person.presses('Return', dialog)
    await person.isTold('10.00 yuan')
    expect(depositFen()).toBe(0)
  })
}
