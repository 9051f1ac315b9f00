import type { MealPeriod } from '../../shared/domain/menu.ts'
import type { Random } from '../fixtures/random.ts'
import { expect } from './acts.ts'
import { isWeighed } from './canteen.ts'
import type { Act, OfficeClient, Outcome } from './desk.ts'
import {
  changeMember,
  issueCard,
  register,
  reissueCard,
  reportLost,
  setPlan,
  takeBackLost,
} from './roll-acts.ts'
import { Violation } from './violation.ts'
import type { World } from './world.ts'

const MEALS: readonly MealPeriod[] = ['breakfast', 'lunch', 'dinner']
const MOST_SENIORS = 34
const HEAL_AFTER = 10
const MOST_TRIES = 80

/** Asks until it is known what came of it, as somebody does who waits at the window. */
async function insist(world: World, act: Act): Promise<void> {
  void world.desk.begin(act)
  await finish(world)
}

/** Waits until nothing of what the office asked for is open. */
export async function finish(world: World): Promise<void> {
  await world.settled()
  for (let tries = 0; world.desk.pending.length > 0; tries += 1) {
    if (tries > HEAL_AFTER) world.machine.troubles.heal()
    if (tries > MOST_TRIES) throw new Violation('LG-21', 'what the office asked for is never found out')
    await world.pass(500)
    await world.office.catchUp()
    await world.settled()
  }
}

/** What the office does before a meal. */
export async function beforeMeal(world: World, random: Random): Promise<void> {
  const { office, roll, auditor } = world
  if (random.chance(0.12)) office.changePrices()
  for (const { memberId } of roll.seniors)
    if (auditor.model.balanceOf(memberId) < 1500 && random.chance(0.3)) {
      await follow(world, office.topUp(memberId))
    }
  if (random.chance(0.3)) await aboutMembers(world, random)
  if (random.chance(0.2)) await handInCard(world, random)
  if (random.chance(0.2)) await planMeal(world, random)
  if (random.chance(0.2)) await follow(world, office.toggleSoldOut())
  if (random.chance(0.15)) await follow(world, office.announcePrice())
  await world.pass(1200)
}

/** What was begun is followed to its end. */
async function follow(world: World, begun: Promise<Outcome>): Promise<void> {
  void begun
  await finish(world)
}

async function aboutMembers(world: World, random: Random): Promise<void> {
  const { roll, office } = world
  const senior = random.pick(roll.seniors)
  switch (random.pick(['new', 'change', 'lost', 'lost', 'found', 'reissue', 'reissue'] as const)) {
    case 'new': {
      if (roll.seniors.length >= MOST_SENIORS) return
      const newcomer = {
        memberId: office.id(),
        cardUid: '',
        bornOn: `${random.integer(1935, 1964)}-0${random.integer(1, 9)}-12`,
        name: `新长者${roll.seniors.length}`,
        cardLost: false,
      }
      await insist(world, register(roll, newcomer))
      if (roll.seniors.includes(newcomer))
        await insist(world, issueCard(world.auditor.model, newcomer, roll.nextCard()))
      return
    }
    case 'change':
      await insist(world, changeMember(senior, `类别${random.integer(1, 9)}`))
      return
    case 'lost':
      if (!senior.cardLost && roll.seniors.filter(({ cardLost }) => cardLost).length < 5)
        await insist(world, reportLost(senior))
      return
    case 'found': {
      const lost = roll.seniors.filter(({ cardLost, cardUid }) => cardLost && cardUid !== '')
      if (lost.length > 1) await insist(world, takeBackLost(random.pick(lost)))
      return
    }
    case 'reissue':
      await insist(world, reissueCard(world.auditor.model, senior, roll.nextCard()))
  }
}

/** Somebody hands her card in, gets its deposit back, and takes another one. */
async function handInCard(world: World, random: Random): Promise<void> {
  const { roll, office, auditor, trace } = world
  const senior = random.pick(roll.seniors)
  const { cardUid } = senior
  if (senior.cardLost || cardUid === '') return
  trace.fault('card-returned')
  const gone = (): void => {
    senior.cardUid = ''
  }
  await insist(world, office.acts.returnCard(office.id(), cardUid, gone))
  if (senior.cardUid === '') await insist(world, issueCard(auditor.model, senior, roll.nextCard()))
}

/** The next meal: everything that is weighed, and most of what is counted. */
async function planMeal(world: World, random: Random): Promise<void> {
  const { office } = world
  const now = world.moment()
  const businessDate = world.auditor.model.openDate(now.businessDate)
  const { dishes } = office.menu
  const counted = random.shuffled(dishes.filter((dish) => !isWeighed(dish)))
  const served = [...dishes.filter(isWeighed), ...counted.slice(0, random.integer(2, counted.length))]
  const mealPeriod = random.chance(0.5) ? now.mealPeriod : random.pick(MEALS)
  const dishIds = served.map(({ id }) => id)
  await insist(
    world,
    setPlan({ businessDate, mealPeriod }, dishIds, () => undefined),
  )
}

/** Mistakes are taken back, the drawer is counted, the day is locked. */
export async function evening(world: World, random: Random): Promise<void> {
  await lookAtTheClock(world)
  await mistakes(world, random)
  if (random.chance(0.3)) {
    const amountFen = random.integer(-40, 80) * 500
    if (amountFen !== 0) await insist(world, world.office.acts.move(world.office.id(), amountFen))
  }
  if (random.chance(0.9)) await closeDays(world, random)
}

async function lookAtTheClock(world: World): Promise<void> {
  world.setClockWrong(0)
  await world.untilResolved()
  await world.pass(800)
  if (world.view?.keys.includes('cancel') === true) await world.press({ kind: 'cancel' })
  if (world.view?.trouble === 'clock-to-confirm') await world.press({ kind: 'confirm-clock' })
  await finish(world)
}

async function mistakes(world: World, random: Random): Promise<void> {
  const { office, auditor, trace } = world
  const { model } = auditor
  const voids = random.pick([0, 1, 1, 2, 2])
  for (let count = 0; count < voids; count += 1) {
    await follow(world, office.voidOne('any'))
  }
  if (random.chance(0.5)) await takePartBack(world, random)
  const [saleId, earlier] = [...model.voids].at(-1) ?? []
  const sale = saleId === undefined ? undefined : model.sales.get(saleId)
  if (saleId !== undefined && earlier !== undefined && sale !== undefined && random.chance(0.4)) {
    // The answer got lost on the way to the window, or somebody else has the same idea.
    trace.fault('voided-again')
    await insist(world, office.acts.void(office.id(), saleId, 'wrong-dish'))
  }
  const topUps = [...model.topUps.values()].filter(
    ({ topUpId, source }) => source === 'cash' && !model.reversals.has(topUpId),
  )
  if (topUps.length > 0 && random.chance(0.35)) {
    trace.fault('top-up-reversed')
    await insist(world, office.acts.reverseTopUp(office.id(), random.pick(topUps).topUpId))
  }
  if (random.chance(0.6)) await ownMoney(world, random)
}

/** A senior gets money of her own back, or her wallet is put right and now and then wrong again. */
async function ownMoney(world: World, random: Random): Promise<void> {
  const { office, auditor, roll, trace } = world
  const { model } = auditor
  const { memberId } = random.pick(roll.seniors)
  // Somewhat more than there is: now and then it is refused.
  const amountFen = random.integer(1, model.balanceOf(memberId) + 200)
  if (random.chance(0.5)) {
    trace.fault('refund')
    await insist(world, office.acts.refund(office.id(), memberId, amountFen))
    return
  }
  trace.fault('correction')
  const correctionId = office.id()
  const by = random.chance(0.5) ? amountFen : -amountFen
  const wrong = [...model.topUps.values()].find((topUp) => topUp.memberId === memberId)?.topUpId ?? null
  await insist(world, office.acts.correct(correctionId, memberId, by, wrong))
  if (!model.corrections.has(correctionId) || random.chance(0.5)) return
  trace.fault('correction-undone')
  await insist(world, office.acts.undoCorrection(office.id(), correctionId))
}

/** One portion too many was keyed in: it alone is taken back, and now and then once more than it was sold. */
async function takePartBack(world: World, random: Random): Promise<void> {
  const { office, auditor, trace } = world
  const { model } = auditor
  const several = [...model.sales.values()].filter(
    (sale) => !model.voids.has(sale.saleId) && sale.lines.length > 1 && model.leftOf(sale).priceFen > 0,
  )
  if (several.length === 0) return
  const sale = random.pick(several)
  const lineNo = random.integer(0, sale.lines.length - 1)
  const costFen = sale.lines[lineNo]?.eachFen ?? 0
  // The last of it would be a void.
  if (model.lineLeft(sale, lineNo) > 0 && model.leftOf(sale).priceFen === costFen) return
  trace.fault('part-reversed')
  await insist(world, office.acts.part(office.id(), sale, lineNo))
}

const MOST_CLOSES = 3

async function closeDays(world: World, random: Random): Promise<void> {
  const today = world.moment().businessDate
  for (let closes = 0; closes < MOST_CLOSES; closes += 1) {
    const client = await world.desk.client('manager')
    if (client === null || (await closeOne(world, random, client, today)) === 'done') return
  }
}

async function closeOne(
  world: World,
  random: Random,
  client: OfficeClient,
  today: string,
): Promise<'done' | 'another'> {
  const { auditor, office, trace } = world
  const { model } = auditor
  const state = await world.desk.asked(() => client.day.state())
  if (state === null) return 'done'
  trace.checks += 1
  expect('LG-27', state.drawer, { expectedFen: model.drawerFen })
  const { toClose, hindrance } = state
  if (hindrance !== null) trace.note('no close', hindrance)
  if (hindrance !== null || toClose > today) return 'done'
  const expectedFen = model.drawerFen
  const isRight = random.chance(0.7)
  const countedFen = isRight ? expectedFen : Math.max(0, expectedFen + random.integer(-900, 900))
  const floatFen = Math.min(countedFen, random.integer(0, 300) * 100)
  const right = { businessDate: toClose, countedFen, floatFen, explanation: isRight ? '' : '找零有误' }
  const isHindered = (code: string): boolean => code === 'NOT_NOW' && world.view?.saleId !== null
  const attempts = [
    ...(random.chance(0.15) ? [{ ...right, countedFen: expectedFen + 700, explanation: '' }] : []),
    ...(random.chance(0.1) ? [{ ...right, floatFen: countedFen + 100 }] : []),
    right,
  ]
  for (const request of attempts) await insist(world, office.acts.close(request, isHindered))
  if (!model.closes.has(toClose)) return 'done'
  trace.closes += 1
  if (random.chance(0.3)) await closeAgain(world, toClose)
  return toClose < today ? 'another' : 'done'
}

/** Somebody presses the key once more: the same close is answered, whatever was counted. */
async function closeAgain(world: World, businessDate: string): Promise<void> {
  const client = await world.desk.client('manager')
  const close = world.auditor.model.closes.get(businessDate)
  if (client === null || close === undefined) return
  const request = { businessDate, countedFen: 1, floatFen: 0, explanation: '' }
  const again = await world.desk.asked(() => client.day.close(request))
  if (again !== null) expect('LG-26', again, { closedDate: businessDate, countedFen: close.countedFen })
}
