import type { Dish, Menu } from '../../../shared/domain/menu.ts'
import { fen, fenPer100g, milligrams } from '../../../shared/domain/units.ts'

const byWeight = (id: string, zh: string, en: string, fenPer100: number, tags: readonly string[]): Dish => ({
  id,
  name: { zh, en },
  pricing: { kind: 'weight', price: { per: '100g', fen: fenPer100g(fenPer100) } },
  tags,
  priceVersion: 1,
  emoji: zh.slice(-1),
})

const byPortion = (id: string, zh: string, en: string, priceFen: number, tags: readonly string[]): Dish => ({
  id,
  name: { zh, en },
  pricing: { kind: 'portion', priceFen: fen(priceFen) },
  tags,
  priceVersion: 1,
  emoji: zh.slice(-1),
})

/** A neighbourhood canteen's lunch, invented for the trial counter. */
export const demoMenu: Menu = {
  id: 'demo-menu',
  version: 1,
  weighing: { kind: 'dish-keys' },
  dishes: [
    byWeight('braised-fish', '红烧鱼块', 'Braised fish', 400, ['fish']),
    byWeight('braised-pork', '红烧肉', 'Braised pork', 520, ['meat']),
    byWeight('tomato-egg', '番茄炒蛋', 'Tomato and egg', 260, ['egg', 'soft']),
    byWeight('stir-fried-greens', '清炒时蔬', 'Stir-fried greens', 200, ['vegetable']),
    byWeight('mapo-tofu', '麻婆豆腐', 'Mapo tofu', 180, ['tofu', 'soft']),
    byWeight('steamed-pumpkin', '蒸南瓜', 'Steamed pumpkin', 160, ['vegetable', 'soft']),
    byPortion('rice', '米饭', 'Rice', 100, ['staple']),
    byPortion('congee', '小米粥', 'Millet congee', 150, ['staple', 'soft']),
    byPortion('rib-soup', '冬瓜排骨汤', 'Winter melon and rib soup', 300, ['soup']),
    {
      id: 'care-set',
      name: { zh: '爱心套餐', en: 'Care set meal' },
      pricing: {
        kind: 'set-meal',
        priceFen: fen(1200),
        parts: [
          { zh: '一荤', en: 'one meat' },
          { zh: '两素', en: 'two vegetables' },
          { zh: '米饭', en: 'rice' },
          { zh: '汤', en: 'soup' },
        ],
      },
      tags: ['set-meal'],
      priceVersion: 1,
      emoji: '套',
    },
  ],
  plates: [
    { id: 'plate', name: { zh: '大盘', en: 'Large plate' }, tareMg: milligrams(260_000) },
    { id: 'bowl', name: { zh: '小碗', en: 'Small bowl' }, tareMg: milligrams(140_000) },
    { id: 'box', name: { zh: '打包盒', en: 'Take-away box' }, tareMg: milligrams(24_000) },
  ],
  defaultPlateId: 'plate',
}
