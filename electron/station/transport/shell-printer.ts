import type { PrintAnswer } from '../../../shared/contract/supervision.ts'
import type { Printer } from '../deps.ts'
import type { ShellLink } from './shell-link.ts'

/** Longer than the shell gives itself for a page, so that its own reason comes first. */
const ANSWERED_WITHIN_MS = 60_000

interface Waiting {
  resolve(pdf: Uint8Array): void
  reject(error: Error): void
  readonly impatience: NodeJS.Timeout
}

/** Prints through the shell that started this process: it has a browser, the station has none. */
export function shellPrinter(link: Pick<ShellLink, 'send' | 'onMessage'>): Printer {
  const waiting = new Map<number, Waiting>()
  let lastJob = 0
  const answered = (answer: PrintAnswer) => {
    const job = waiting.get(answer.job)
    if (job === undefined) return
    waiting.delete(answer.job)
    clearTimeout(job.impatience)
    if (answer.kind === 'printed') job.resolve(answer.pdf)
    else job.reject(new Error(answer.reason))
  }
  link.onMessage((message) => {
    if (message.kind === 'printed' || message.kind === 'not-printed') answered(message)
  })
  return {
    pdf(html) {
      const job = (lastJob += 1)
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
      const impatience = setTimeout(() => {
        answered({ kind: 'not-printed', job, reason: 'the shell does not answer' })
      }, ANSWERED_WITHIN_MS)
      waiting.set(job, { resolve, reject, impatience })
      link.send({ kind: 'print', job, html })
      return promise
    },
  }
}
