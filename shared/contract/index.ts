import { counterContract } from './counter.ts'
import { salesContract } from './sales.ts'
import { stationContract } from './station.ts'
import { trialContract } from './trial.ts'

/** The one way in: renderer, command line and tests speak this and nothing else. */
export const contract = {
  counter: counterContract,
  sales: salesContract,
  station: stationContract,
}

/** A trial station adds hands for its simulated devices. */
export const trialStationContract = { ...contract, trial: trialContract }
export type TrialStationContract = typeof trialStationContract
