import { createORPCClient, ORPCError, type ClientContext, type ClientLink } from '@orpc/client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { linkBelow, type StationClient } from './client.ts'
import { noteProblem } from './problems.ts'
import { signedOutMeanwhile } from './staff.ts'
import { useStation } from './station.ts'

/** There is no connection to ask over; the screen is covered meanwhile. */
export class StationLost extends Error {
  override readonly name = 'StationLost'
}

/** Goes over whatever connection stands at the moment of the call. */
const presentLink: ClientLink<ClientContext> = {
  call: async (path, input, options) => {
    const { client } = useStation.getState()
    const link = client === null ? null : linkBelow(client)
    if (link === null) throw new StationLost('no connection')
    return link.call(path, input, options)
  },
}

/** The station for the office's pages: the same object over every restart. */
export const stationNow: StationClient = createORPCClient(presentLink)

/** Queries and mutations by name: `useQuery(station.menus.library.queryOptions())`. */
export const station = createTanstackQueryUtils(stationNow)

const SOON_MS = 600
const LATER_MS = 2_000

/** What the office has asked. Figures of money are never shown from memory: each page asks anew. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noticed }),
  mutationCache: new MutationCache({ onError: noticed }),
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 0,
      refetchOnWindowFocus: false,
      // A book that is being opened again answers a moment later; every other refusal is final.
      retry: (failures, error) => failures < 6 && isPassing(error),
      retryDelay: (failures) => Math.min(SOON_MS * 2 ** failures, LATER_MS),
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

const isPassing = (error: unknown): boolean => codeOf(error) === 'BOOK_UNAVAILABLE'

/** The name of a refusal that the contract knows; null for anything else. */
export const codeOf = (error: unknown): string | null =>
  error instanceof ORPCError && error.defined ? String(error.code) : null

function noticed(error: unknown): void {
  if (codeOf(error) === 'SIGN_IN_REQUIRED') signedOutMeanwhile()
  else if (codeOf(error) === null && !(error instanceof StationLost)) noteProblem(error)
}
