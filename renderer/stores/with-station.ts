import { noteProblem } from './problems.ts'

/**
 * The answer of a call whose loss the screen survives: null when the station went away meanwhile. The connection's own
 * state tells the people; this only keeps the reason for support.
 */
export async function withStation<Answer>(call: Promise<Answer>): Promise<Answer | null> {
  try {
    return await call
  } catch (error) {
    noteProblem(error)
    return null
  }
}
