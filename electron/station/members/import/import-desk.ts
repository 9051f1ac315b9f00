import { businessMomentOf } from '../../../../shared/domain/business-day.ts'
import type { ImportView } from '../../../../shared/contract/member-import.ts'
import type { Book } from '../../book/book.ts'
import { BookError } from '../../book/errors.ts'
import type { Cancel, Clock, Ids, Log, StationConfig, Timers } from '../../deps.ts'
import { Live } from '../../live.ts'
import { noteAuditInside } from '../../staff/audit.ts'
import type { MemberIndex } from '../member-index.ts'
import { ImportDraft } from './draft.ts'
import { readInWorker, type ListMessage, type ListReading } from './in-worker.ts'
import {
  decide,
  dropOthers,
  dropPart,
  dropUndecided,
  keepUndecided,
  nextPending,
  pendingCount,
  pieces,
  type PlannedMember,
} from './pending.ts'
import { takeIn } from './take-in.ts'

export interface ImportDeps {
  readonly book: Book
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: Ids
  readonly log: Log
  readonly config: StationConfig
  readonly members: MemberIndex
}

/** The pause after each piece, in which the counter works. */
const PAUSE_MS = 2
const RETRY_MS = 1_000

/**
 * Lists of members: read in a thread, held against the book, put down and taken in piece by piece. The decision to take one in
 * is one transaction; from then on what is left of it stands in the book's file and goes on after any restart (SPEC ME-10).
 */
export class ImportDesk {
  readonly view = new Live<ImportView>({ phase: 'idle' })
  readonly #deps: ImportDeps
  #reading: ListReading | null = null
  #draft: ImportDraft | null = null
  #total = 0
  #done = 0
  #leftOut = 0
  #cancel: Cancel = () => undefined

  constructor(deps: ImportDeps) {
    this.#deps = deps
    this.#later(0, () => this.#resume())
  }

  get busy(): boolean {
    const { phase } = this.view.current
    return phase === 'reading' || phase === 'running'
  }

  /** Reads a file; what comes of it is in the view. Not while `busy`. */
  read(fileName: string, bytes: Uint8Array): void {
    const { clock, config } = this.#deps
    this.#draft = null
    this.view.publish({ phase: 'reading', fileName, checked: 0, total: 0 })
    const { businessDate: today } = businessMomentOf(clock.nowMs(), config.canteen)
    const place = { today, cardBase: config.wedge?.base ?? 'hexadecimal' }
    let checked = 0
    let total = 0
    this.#reading = readInWorker({ bytes, place }, (message) => {
      if (message.kind === 'refused') this.#end({ phase: 'refused', fileName, why: message.why })
      else if (message.kind === 'read') {
        total = message.rowCount
        this.#draft = new ImportDraft(fileName, message.faults, () => this.#deps.ids.next())
        if (total === 0) this.#checked(this.#draft)
        else this.#reading?.next()
      } else {
        checked += message.rows.length
        this.view.publish({ phase: 'reading', fileName, checked, total })
        this.#hold(message)
      }
    })
  }

  /**
   * Takes the list of that preview in: put down piece by piece beside the selling, then decided in one transaction.
   *
   * @returns false when there is no such preview, or it has faults
   * @throws BookError: then nothing was taken in
   */
  async begin(importId: string, actor: string): Promise<boolean> {
    const draft = this.#draft
    if (draft?.importId !== importId || !draft.takesIn || this.busy) return false
    const { book } = this.#deps
    const { fresh } = draft
    this.view.publish({ phase: 'running', done: 0, total: fresh.length })
    try {
      book.write(dropUndecided)
      for (const piece of pieces(fresh)) {
        book.write((file) => keepUndecided(file, piece, actor))
        await new Promise<void>((resolve) => {
          this.#later(PAUSE_MS, resolve)
        })
      }
      book.write((file, append) => {
        decide(file)
        noteAuditInside(append, actor, 'members-imported', String(fresh.length))
      })
    } catch (error) {
      this.#checked(draft)
      throw error
    }
    this.#draft = null
    this.#run(fresh.length)
    return true
  }

  close(): void {
    if (!this.busy) this.#end({ phase: 'idle' })
  }

  stop(): void {
    this.#cancel()
    this.#reading?.stop()
  }

  #end(view: ImportView): void {
    this.#reading?.stop()
    this.#reading = null
    this.#draft = null
    this.view.publish(view)
  }

  #checked(draft: ImportDraft): void {
    this.#reading?.stop()
    this.#reading = null
    this.view.publish({ phase: 'checked', preview: draft.preview() })
  }

  /** Holds some rows against the book and asks for the next ones; a book that does not answer is asked again. */
  #hold(message: Extract<ListMessage, { kind: 'rows' }>): void {
    const draft = this.#draft
    if (draft === null) return
    void this.#deps.members.ready().then(() =>
      this.#asking(() => {
        this.#deps.book.read((file) => draft.check(message.rows, file, this.#deps.members))
        if (message.last) this.#checked(draft)
        else this.#later(PAUSE_MS, () => this.#reading?.next())
      }),
    )
  }

  /** What a station that died, or was stopped, left to do. */
  #resume(): void {
    this.#asking(() => {
      const { book, log } = this.#deps
      if (book.read(pendingCount) === 0) return
      book.write(dropUndecided)
      if (book.write(dropOthers)) {
        log.warn('a list of members was cut off by a restore')
        this.view.publish({ phase: 'cut-off' })
      }
      const left = book.read(pendingCount)
      if (left > 0) void this.#deps.members.ready().then(() => this.#run(left))
    })
  }

  #run(total: number): void {
    this.#total = total
    this.#done = 0
    this.#leftOut = 0
    this.view.publish({ phase: 'running', done: 0, total })
    this.#later(0, () => this.#step())
  }

  #step(): void {
    this.#asking(() => {
      const { book, members } = this.#deps
      const part = book.read(nextPending)
      if (part === null) {
        this.#end({ phase: 'done', members: this.#total - this.#leftOut, leftOut: this.#leftOut })
        return
      }
      const fitting = part.members.filter((member) => this.#stillFits(member))
      book.write((file, append) => {
        for (const member of fitting) takeIn(file, append, member, part.actor)
        dropPart(file, part.partNo)
      })
      members.refresh()
      this.#leftOut += part.members.length - fitting.length
      this.#done += part.members.length
      this.view.publish({ phase: 'running', done: this.#done, total: this.#total })
      this.#later(PAUSE_MS, () => this.#step())
    })
  }

  /** Nobody was registered under her number by hand since the list was looked at. */
  #stillFits({ memberId, idNumber }: PlannedMember): boolean {
    const holder = idNumber === null ? null : this.#deps.members.holderOf(idNumber)
    return holder === null || holder === memberId
  }

  /** A book in trouble is asked again a moment later. */
  #asking(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
      this.#deps.log.warn('the list of members waits for the book', { reason: error.message })
      this.#later(RETRY_MS, () => this.#asking(work))
    }
  }

  #later(delayMs: number, work: () => void): void {
    this.#cancel()
    this.#cancel = this.#deps.timers.after(delayMs, work)
  }
}
