import type { LunchPlan } from './lunch-states.ts'

const FORM = /^(.+)#(\d+):(\d+):(\d+):(\d+)$/

/** One line from which a state can be rebuilt: lunch, state, deeds, states, and every which recovery is cut. */
export const stateKey = ({ seed, deeds, states, cutRecoveryEvery }: LunchPlan, state: number): string =>
  `${seed}#${state}:${deeds}:${states}:${cutRecoveryEvery}`

/** The plan that rebuilds and examines just this state. @throws Error when it is no state's key. */
export function planOfState(key: string): LunchPlan {
  const [, seed, ...numbers] = FORM.exec(key) ?? []
  const [only, deeds, states, cutRecoveryEvery] = numbers.map(Number)
  if (seed === undefined || only === undefined || deeds === undefined || states === undefined)
    throw new Error(`not a state's key: ${key}`)
  return { seed, flushing: 'FULL', deeds, states, cutRecoveryEvery: cutRecoveryEvery ?? 0, only }
}
