import { eventIterator, oc, type } from '@orpc/contract'
import { staffErrors } from './refusals.ts'

export interface BackupFile {
  readonly name: string
  readonly takenAtMs: number
  readonly bytes: number
  readonly entries: number
  readonly headSeq: number
  readonly headHash: string
}

export type BackupTrouble = 'no-place' | 'no-room' | 'not-verified' | 'failed'

export interface BackupsView {
  readonly folder: string
  /** The backup lies on the same disk as the book: no help when that disk dies. */
  readonly sameDisk: boolean
  readonly running: { readonly doneShare: number; readonly phase: 'copying' | 'verifying' } | null
  /** Newest first; every one of them was verified when it was made. */
  readonly files: readonly BackupFile[]
  readonly nextMs: number | null
  readonly trouble: BackupTrouble | null
}

export const backupsContract = {
  watch: oc.output(eventIterator(type<BackupsView>())).errors(staffErrors),
  /** Starts now; progress is in `watch`. Resolves when it is over. */
  now: oc.output(type<BackupsView>()).errors(staffErrors),
}
