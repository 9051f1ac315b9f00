import { getEventIteratorSchemaDetails } from '@orpc/contract'
import { ORPCError } from '@orpc/server'
import { roleReaches } from '../../../shared/domain/staff.ts'
import { station } from '../implementer.ts'
import { isUse, neededFor } from './permissions.ts'

const signInRequired = () => new ORPCError('SIGN_IN_REQUIRED', { status: 401 })

/**
 * Stands before every request, before even its input is looked at: without the role that it needs nothing happens (SPEC
 * SE-7). A request pushes the window's lock back; following a stream does not, and a stream that needs somebody ends with
 * her session.
 */
export const guard = station.middleware(
  async ({ context: { connection }, path, procedure, next }, _, output) => {
    const needed = neededFor(path)
    const isStream = getEventIteratorSchemaDetails(procedure['~orpc'].outputSchema) !== undefined
    if (needed === 'public') {
      if (isUse(path)) connection.touch()
      return await next()
    }
    const signedIn = connection.signedIn()
    if (signedIn === null) throw signInRequired()
    if (!roleReaches(signedIn.role, needed))
      throw new ORPCError('NOT_ALLOWED', { status: 403, data: { needs: needed } })
    if (!isStream) {
      connection.touch()
      return await next()
    }
    const session = connection.session()
    const { output: followed } = (await next()) as { readonly output: unknown }
    return output(isAsyncIterator(followed) ? whileItLasts(followed, session) : followed)
  },
)

const isAsyncIterator = (value: unknown): value is AsyncIterator<unknown, unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

/** The values of a stream until the session is over; then the error that any request would get. */
async function* whileItLasts(
  values: AsyncIterator<unknown, unknown>,
  session: AbortSignal,
): AsyncGenerator<unknown, unknown, void> {
  try {
    for (;;) {
      const next = await beforeEndOf(session, values.next())
      if (next.done === true) return next.value
      yield next.value
    }
  } finally {
    // Not waited for: a source that waits for something to happen may end only when it does.
    void values.return?.()
  }
}

/** Listens anew each time, so that a stream of many values leaves nothing behind at its session. */
function beforeEndOf<Value>(session: AbortSignal, value: Promise<Value>): Promise<Value> {
  const { promise, resolve, reject } = Promise.withResolvers<Value>()
  const end = (): void => reject(signInRequired())
  if (session.aborted) end()
  session.addEventListener('abort', end, { once: true })
  value.then(resolve, reject)
  return promise.finally(() => session.removeEventListener('abort', end))
}
