/**
 * Examines the lunches of its plan, one after the other, and prints the figures of each as a JSON line. The campaign
 * starts it under the recorder, so that the recoveries it watches can be cut too.
 */
import { examineLunch, type LunchPlan } from './lunch-states.ts'

const [folder, recovering, log, lunches] = process.argv.slice(2)
if (folder === undefined || recovering === undefined || log === undefined || lunches === undefined)
  throw new Error('usage: worker FOLDER RECORDED-FOLDER LOG LUNCHES')
for (const plan of JSON.parse(lunches) as readonly LunchPlan[])
  console.log(JSON.stringify(examineLunch(plan, folder, { folder: recovering, log })))
