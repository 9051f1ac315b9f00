import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { ListFault, RowFault } from '../domain/members/import-rows.ts'
import { requestId, staffErrors } from './refusals.ts'

/** One senior of the list, as the preview shows her. */
export interface ImportSample {
  readonly row: number
  readonly fullName: string
  readonly bornOn: string
  /** 350102********1234; null when the list has none. */
  readonly idNumberMasked: string | null
  readonly cardUid: string | null
  readonly openingFen: number
}

/** What a list would bring, before anything is written. */
export interface ImportPreview {
  readonly importId: string
  readonly fileName: string
  /** Seniors who would be registered; of them with a card, and the sum of their opening balances. */
  readonly fresh: number
  readonly cards: number
  readonly openingFen: number
  /** Rows whose identity number is registered already: they are left as they are in the book. */
  readonly known: number
  /** All that is wrong; while it is not zero nothing can be taken in. */
  readonly faultCount: number
  /** The first of them, in the order of the list. */
  readonly faults: readonly RowFault[]
  readonly sample: readonly ImportSample[]
}

export type FileFault = ListFault | 'old-excel' | 'not-a-list' | 'too-large'

export type ImportView =
  | { readonly phase: 'idle' }
  | { readonly phase: 'reading'; readonly fileName: string; readonly checked: number; readonly total: number }
  | { readonly phase: 'refused'; readonly fileName: string; readonly why: FileFault }
  | { readonly phase: 'checked'; readonly preview: ImportPreview }
  | { readonly phase: 'running'; readonly done: number; readonly total: number }
  | {
      readonly phase: 'done'
      readonly members: number
      /** What somebody registered or gave out by hand meanwhile, and was therefore left out. */
      readonly leftOut: number
    }
  /** A backup was put back in the middle of it: the list has to be read again. */
  | { readonly phase: 'cut-off' }

/** Twelve megabytes of file; 50,000 seniors need five. */
export const LARGEST_IMPORT_BYTES = 12 * 1024 * 1024

/** A list of members from a spreadsheet: looked at first, then taken in whole or not at all (SPEC ME-9, ME-10). */
export const memberImportContract = {
  watch: oc.output(eventIterator(type<ImportView>())).errors(staffErrors),
  /** Reads the file and says what it would bring; writes nothing. An earlier preview is gone. */
  read: oc
    .input(
      z.strictObject({
        fileName: z.string().max(200),
        base64: z.base64().max(Math.ceil(LARGEST_IMPORT_BYTES / 3) * 4),
      }),
    )
    .output(z.object({}))
    .errors({ ...staffErrors, ALREADY_RUNNING: { status: 409 } }),
  /** Takes the list in. From the answer on it will be in the book whole, also after a power cut in the middle. */
  begin: oc
    .input(z.strictObject({ importId: requestId }))
    .output(z.object({}))
    .errors({ ...staffErrors, NOT_READY: { status: 409 } }),
  /** Forgets the preview, or the last result. What is being taken in goes on. */
  close: oc.output(z.object({})).errors(staffErrors),
  /** An empty list with the right columns, written into the data folder. */
  template: oc
    .output(type<{ readonly path: string; readonly bytes: number }>())
    .errors({ ...staffErrors, CANNOT_WRITE: { status: 507 } }),
}
