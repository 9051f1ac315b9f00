import type { PrintAnswer, PrintRequest } from '../../shared/contract/supervision.ts'

/** Turns a page into a PDF, or rejects with the reason why not. */
export type PrintPage = (html: string) => Promise<Uint8Array>

/** Every request is answered, whatever becomes of it. */
export async function printAnswer(
  { job, html }: PrintRequest,
  print: PrintPage | undefined,
): Promise<PrintAnswer> {
  if (print === undefined) return { kind: 'not-printed', job, reason: 'nothing prints here' }
  try {
    return { kind: 'printed', job, pdf: await print(html) }
  } catch (error) {
    return { kind: 'not-printed', job, reason: error instanceof Error ? error.message : String(error) }
  }
}
