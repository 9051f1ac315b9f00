import { implement } from '@orpc/server'
import { contract } from '../../shared/contract/index.ts'
import { BookError } from './book/errors.ts'
import type { Connection } from './staff/connection.ts'

/** What every handler knows of who asks. */
export interface StationContext {
  /** The window, or the command line, that the request came from. */
  readonly connection: Connection
}

/** The contract, to be answered part by part; each folder answers its own. */
export const station = implement(contract).$context<StationContext>()

/** Asks the book; a disk in trouble is a typed answer, a defect is not caught. */
export function reading<Answer>(ask: () => Answer, unavailable: () => Error): Answer {
  try {
    return ask()
  } catch (error) {
    if (error instanceof BookError && error.code !== 'broken-invariant') throw unavailable()
    throw error
  }
}

/** `reading` for an answer that takes a while. */
export async function awaiting<Answer>(
  ask: () => Promise<Answer>,
  unavailable: () => Error,
): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof BookError && error.code !== 'broken-invariant') throw unavailable()
    throw error
  }
}
