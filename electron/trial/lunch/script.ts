import { demoMembers, UNKNOWN_CARD_UID } from '../demo/members.ts'
import type { Hands } from './hands.ts'

/** One scene of the scripted lunch; its screens are photographed when it is over. */
export interface Scene {
  /** The file name of its picture, in the order of the lunch. */
  readonly name: string
  readonly words: string
  play(hands: Hands): Promise<void>
}

const [LIN, CHEN, HUANG, ZHENG, WANG, WU] = demoMembers.map(({ cardUid }) => cardUid) as [
  string,
  string,
  string,
  string,
  string,
  string,
]

/** A short lunch that meets every state of the counter once. */
export const LUNCH: readonly Scene[] = [
  {
    name: 'idle',
    words: 'the counter waits for a plate',
    play: (hands) => hands.sees('idle'),
  },
  {
    name: 'weighing',
    words: 'a plate lands and swings',
    async play(hands) {
      await hands.place('usual')
      await hands.sees('weighing')
    },
  },
  {
    name: 'choose-dish',
    words: 'the weight rests; the cook says which dish it is',
    play: (hands) => hands.sees('choose-dish'),
  },
  {
    name: 'ready',
    words: 'braised fish and a bowl of rice; the card is awaited',
    async play(hands) {
      await hands.press('dish:braised-fish')
      await hands.press('dish:rice')
      await hands.sees('ready')
    },
  },
  {
    name: 'card-unknown',
    words: 'a card from another house',
    async play(hands) {
      await hands.tap(UNKNOWN_CARD_UID)
      await hands.sees('trouble', 'card-unknown')
    },
  },
  {
    name: 'card-lost',
    words: 'a card reported lost',
    async play(hands) {
      await hands.tap(WU)
      await hands.sees('trouble', 'card-lost')
    },
  },
  {
    name: 'paid',
    words: 'Mrs Lin, 72, pays with her subsidy',
    async play(hands) {
      await hands.tap(LIN)
      await hands.sees('paid')
    },
  },
  {
    name: 'take-plate-away',
    words: 'the next card comes before the plate has left',
    async play(hands) {
      await hands.tap(ZHENG)
      await hands.sees('paid', 'take-plate-away')
    },
  },
  {
    name: 'awaiting-plate',
    words: 'Mr Chen, 83, taps before he puts his plate down',
    async play(hands) {
      await hands.remove()
      await hands.tap(CHEN)
      await hands.sees('awaiting-plate')
    },
  },
  {
    name: 'paid-card-first',
    words: 'tomato and egg, paid as soon as the dish is known',
    async play(hands) {
      await hands.place('large')
      await hands.press('dish:tomato-egg')
      await hands.sees('paid')
      await hands.remove()
    },
  },
  {
    name: 'insufficient',
    words: 'Mrs Wang’s purse holds 4.50 only',
    async play(hands) {
      await hands.place('usual')
      await hands.press('dish:braised-pork')
      await hands.tap(WANG)
      await hands.sees('insufficient')
    },
  },
  {
    name: 'paid-with-cash',
    words: 'the cook takes the rest in cash',
    async play(hands) {
      await hands.press('take-cash')
      await hands.sees('paid')
      await hands.remove()
    },
  },
  {
    name: 'set-meal',
    words: 'Mrs Huang, 90, has the care set: no scale needed',
    async play(hands) {
      await hands.press('dish:care-set')
      await hands.tap(HUANG)
      await hands.sees('paid')
    },
  },
  {
    name: 'guest',
    words: 'a guest without a card pays the full price in cash',
    async play(hands) {
      await hands.press('dish:rib-soup')
      await hands.press('guest-cash')
      await hands.sees('paid')
    },
  },
  {
    name: 'scale-unplugged',
    words: 'somebody pulls the cable of the scale',
    async play(hands) {
      await hands.plug('scale')
      await hands.sees('trouble', 'scale-disconnected')
    },
  },
  {
    name: 'scale-back',
    words: 'plugged in again, it comes back by itself',
    async play(hands) {
      await hands.plug('scale')
      await hands.sees('idle')
    },
  },
]
