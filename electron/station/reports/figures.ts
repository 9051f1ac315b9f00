import type { DayClose, DrawerReckoning } from '../../../shared/contract/day.ts'
import type { DayReport, MoneySums, SoldAndVoided } from '../../../shared/contract/reports.ts'
import type { DayPaper } from './day-paper.ts'
import type { Meal } from './meals.ts'
import {
  closeWords,
  DRAWER_WORDS,
  MEAL_WORDS,
  NOT_SOLD_PARTS,
  NOT_SOLD_WORDS,
  REASON_WORDS,
  SOURCE_WORDS,
  SUMS_WORDS,
} from './words.ts'

export type FigureValue =
  | { readonly unit: '元'; readonly fen: number }
  | { readonly unit: '千克' | '克'; readonly mg: number }
  | { readonly unit: '份' | '笔' | '号'; readonly count: number }
  | { readonly unit: '毫秒'; readonly atMs: number }
  | { readonly unit: ''; readonly text: string }

/** One figure of a day: where it stands in the report, in words and as a path that a program can read again. */
export interface Figure {
  readonly section: string
  readonly name: string
  readonly measure: string
  readonly value: FigureValue
  /** As `byPeriod/lunch/sold/priceFen`; parts that are somebody's text have their `/` and `%` escaped. */
  readonly code: string
}

const yuan = (fen: number): FigureValue => ({ unit: '元', fen })
const kilograms = (mg: number): FigureValue => ({ unit: '千克', mg })
const grams = (mg: number): FigureValue => ({ unit: '克', mg })
const portions = (count: number): FigureValue => ({ unit: '份', count })
const times = (count: number): FigureValue => ({ unit: '笔', count })
const number = (count: number): FigureValue => ({ unit: '号', count })
const words = (text: string): FigureValue => ({ unit: '', text })
const moment = (atMs: number): FigureValue => ({ unit: '毫秒', atMs })

/** A section of the list, and within it the thing that the next figures are about. */
type About = (measure: string, value: FigureValue, ...path: readonly string[]) => Figure

const about =
  (section: string, name: string, ...place: readonly string[]): About =>
  (measure, value, ...path) => ({
    section,
    name,
    measure,
    value,
    code: [...place, ...path].map((part) => part.replaceAll('%', '%25').replaceAll('/', '%2F')).join('/'),
  })

/** The whole report as a list of single figures, in the order in which it is read; then the day's meals. */
export function figuresOf({ report, meals }: DayPaper): readonly Figure[] {
  return [
    ...headFigures(report),
    ...soldAndVoidedFigures('合计', '全天', report.total, 'total'),
    ...report.byPeriod.flatMap((period) =>
      soldAndVoidedFigures('餐段', MEAL_WORDS[period.mealPeriod], period, 'byPeriod', period.mealPeriod),
    ),
    ...report.byDish.flatMap(dishFigures),
    ...report.notSold.flatMap(notSoldFigures),
    ...report.byFunder.flatMap(funderFigures),
    ...report.topUps.flatMap(topUpFigures),
    ...report.refunds.flatMap(refundFigures),
    ...correctionFigures(report),
    ...report.grants.flatMap(grantFigures),
    ...liabilityFigures(report),
    ...depositFigures(report),
    ...drawerFigures(report.drawer),
    ...(report.close === null ? [] : closeFigures(report.close)),
    ...report.voids.flatMap(voidFigures),
    ...meals.flatMap(mealFigures),
  ]
}

function headFigures({ businessDate, canteenName, stationId, close, head }: DayReport): readonly Figure[] {
  const at = about('营业日', businessDate)
  return [
    at('食堂', words(canteenName), 'canteenName'),
    at('窗口', words(stationId), 'stationId'),
    at('营业日', words(businessDate), 'businessDate'),
    at('状态', words(closeWords(close?.closedDate ?? null, businessDate)), 'state'),
    at('当日最后一笔', number(head.seq), 'head', 'seq'),
    at('当日校验值', words(head.hash), 'head', 'hash'),
  ]
}

const SIDES = [
  ['sold', '售出'],
  ['voided', '作废'],
  ['net', '净额'],
] as const
const SUMS = Object.keys(SUMS_WORDS) as readonly (keyof MoneySums)[]

const soldAndVoidedFigures = (
  section: string,
  name: string,
  sums: SoldAndVoided,
  ...place: readonly string[]
): readonly Figure[] => {
  const at = about(section, name, ...place)
  return SIDES.flatMap(([side, sideWords]) =>
    SUMS.map((sum) => {
      const value = sums[side][sum]
      return at(`${sideWords}${SUMS_WORDS[sum]}`, sum === 'meals' ? portions(value) : yuan(value), side, sum)
    }),
  )
}

function dishFigures(dish: DayReport['byDish'][number]): readonly Figure[] {
  const at = about('菜品', dish.name.zh, 'byDish', dish.dishId)
  return [
    at('份数', portions(dish.count), 'count'),
    at('重量', kilograms(dish.netMg), 'netMg'),
    at('金额', yuan(dish.amountFen), 'amountFen'),
    at('作废份数', portions(dish.voidedCount), 'voidedCount'),
    at('作废重量', kilograms(dish.voidedMg), 'voidedMg'),
    at('作废金额', yuan(dish.voidedFen), 'voidedFen'),
  ]
}

function notSoldFigures(row: DayReport['notSold'][number]): readonly Figure[] {
  const at = about('没卖的', `${row.bayId} · ${row.name.zh}`, 'notSold', row.bayId, row.dishId)
  return NOT_SOLD_PARTS.map((part) => at(NOT_SOLD_WORDS[part], grams(row[part]), part))
}

function funderFigures(funder: DayReport['byFunder'][number]): readonly Figure[] {
  const at = about('资金方', funder.name.zh, 'byFunder', funder.funderId)
  return [
    at('补贴', yuan(funder.claimedFen), 'claimedFen'),
    at('作废退回', yuan(funder.voidedFen), 'voidedFen'),
    at('补贴净额', yuan(funder.netFen), 'netFen'),
    at('付给食堂', yuan(funder.providerFen), 'providerFen'),
  ]
}

function topUpFigures(topUp: DayReport['topUps'][number]): readonly Figure[] {
  const at = about('充值', SOURCE_WORDS[topUp.source], 'topUps', topUp.source)
  return [
    at('笔数', times(topUp.count), 'count'),
    at('金额', yuan(topUp.amountFen), 'amountFen'),
    at('撤回笔数', times(topUp.reversedCount), 'reversedCount'),
    at('撤回金额', yuan(topUp.reversedFen), 'reversedFen'),
  ]
}

function refundFigures(refund: DayReport['refunds'][number]): readonly Figure[] {
  const at = about('退还余额', SOURCE_WORDS[refund.method], 'refunds', refund.method)
  return [at('笔数', times(refund.count), 'count'), at('金额', yuan(refund.amountFen), 'amountFen')]
}

function correctionFigures({ corrections }: DayReport): readonly Figure[] {
  const at = about('更正余额', '全部长者', 'corrections')
  return [
    at('笔数', times(corrections.count), 'count'),
    at('补记', yuan(corrections.addedFen), 'addedFen'),
    at('扣回', yuan(corrections.takenFen), 'takenFen'),
  ]
}

function grantFigures(grant: DayReport['grants'][number]): readonly Figure[] {
  const at = about('助餐金', grant.name.zh, 'grants', grant.funderId)
  return [
    at('发放', yuan(grant.givenFen), 'givenFen'),
    at('用去', yuan(grant.spentFen), 'spentFen'),
    at('作废退回', yuan(grant.returnedFen), 'returnedFen'),
    at('到期收回', yuan(grant.expiredFen), 'expiredFen'),
    at('日末结余', yuan(grant.leftFen), 'leftFen'),
  ]
}

function liabilityFigures({ walletLiability }: DayReport): readonly Figure[] {
  const at = about('卡内余额', '全部长者', 'walletLiability')
  return [
    at('日初', yuan(walletLiability.beforeFen), 'beforeFen'),
    at('日末', yuan(walletLiability.afterFen), 'afterFen'),
  ]
}

function depositFigures({ deposits }: DayReport): readonly Figure[] {
  const at = about('卡押金', '全部的卡', 'deposits')
  return [
    at('日初', yuan(deposits.beforeFen), 'beforeFen'),
    at('收押金笔数', times(deposits.takenCount), 'takenCount'),
    at('收押金', yuan(deposits.takenFen), 'takenFen'),
    at('退押金笔数', times(deposits.returnedCount), 'returnedCount'),
    at('退押金', yuan(deposits.returnedFen), 'returnedFen'),
    at('日末', yuan(deposits.afterFen), 'afterFen'),
  ]
}

const DRAWER_PARTS = Object.keys(DRAWER_WORDS) as readonly (keyof DrawerReckoning)[]

function drawerFigures(drawer: DrawerReckoning): readonly Figure[] {
  const at = about('钱箱', '自上次清点', 'drawer')
  return DRAWER_PARTS.map((part) => at(DRAWER_WORDS[part], yuan(drawer[part]), part))
}

function closeFigures(close: DayClose): readonly Figure[] {
  const at = about('日结', close.closedDate, 'close')
  return [
    at('结到', words(close.closedDate), 'closedDate'),
    at('时间', moment(close.atMs), 'atMs'),
    at('日结人', words(close.closedByName), 'closedByName'),
    at('应有现金', yuan(close.expectedFen), 'expectedFen'),
    at('实点现金', yuan(close.countedFen), 'countedFen'),
    at('差额', yuan(close.differenceFen), 'differenceFen'),
    at('差额说明', words(close.explanation), 'explanation'),
    at('留作备用金', yuan(close.floatFen), 'floatFen'),
    at('最后一笔', number(close.headSeq), 'headSeq'),
    at('校验值', words(close.headHash), 'headHash'),
  ]
}

function voidFigures(voided: DayReport['voids'][number]): readonly Figure[] {
  const at = about('作废明细', voided.saleId, 'voids', voided.voidId)
  return [
    at('单号', words(voided.saleId), 'saleId'),
    at('范围', words(voided.whole ? '整单' : '部分'), 'whole', String(voided.whole)),
    at('原营业日', words(voided.soldOn), 'soldOn'),
    at('时间', moment(voided.atMs), 'atMs'),
    at('原价', yuan(voided.priceFen), 'priceFen'),
    at('补贴', yuan(voided.subsidyFen), 'subsidyFen'),
    at('卡付', yuan(voided.walletFen), 'walletFen'),
    at('现金', yuan(voided.cashFen), 'cashFen'),
    at('原因', words(REASON_WORDS[voided.reason]), 'reason', voided.reason),
    at('说明', words(voided.note), 'note'),
    at('批准', words(voided.approvedByName), 'approvedByName'),
  ]
}

function mealFigures(meal: Meal): readonly Figure[] {
  const at = about('账单', meal.saleId, 'meals', meal.saleId)
  return [
    at('时间', moment(meal.atMs), 'atMs'),
    at('餐段', words(MEAL_WORDS[meal.mealPeriod]), 'mealPeriod', meal.mealPeriod),
    at('会员', words(meal.memberId ?? '没有刷卡'), 'memberId'),
    at('原价', yuan(meal.priceFen), 'priceFen'),
    at('优惠', yuan(meal.discountFen), 'discountFen'),
    at('补贴', yuan(meal.subsidyFen), 'subsidyFen'),
    at('卡付', yuan(meal.walletFen), 'walletFen'),
    at('现金', yuan(meal.cashFen), 'cashFen'),
    ...(meal.voidedOn === null ? [] : [at('作废于', words(meal.voidedOn), 'voidedOn')]),
  ]
}
