import { create } from 'zustand'

/** The last fault that the screen survived, kept for whoever is called for support. */
export const useProblems = create<{ readonly last: string | null }>(() => ({ last: null }))

export function noteProblem(problem: unknown): void {
  useProblems.setState({
    last: problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem),
  })
}
