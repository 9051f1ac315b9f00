import type { ImportPreview } from '../../../../shared/contract/member-import.ts'
import type { ImportRow, RowFault } from '../../../../shared/domain/members/import-rows.ts'
import type { BookFile } from '../../book/book.ts'
import { maskIdNumber } from '../masking.ts'
import type { MemberIndex } from '../member-index.ts'
import type { PlannedMember } from './pending.ts'

const FAULTS_SHOWN = 200
const SAMPLE = 8

/** A list while it is held against the book: what would be new, what is known, what is wrong. In memory alone. */
export class ImportDraft {
  readonly importId: string
  readonly fresh: PlannedMember[] = []
  readonly #fileName: string
  readonly #faults: RowFault[]
  readonly #nextId: () => string
  #known = 0

  constructor(fileName: string, faults: readonly RowFault[], nextId: () => string) {
    this.importId = nextId()
    this.#fileName = fileName
    this.#faults = [...faults]
    this.#nextId = nextId
  }

  /** @throws BookError when the book does not answer. */
  check(rows: readonly ImportRow[], file: BookFile, members: MemberIndex): void {
    for (const row of rows) {
      const fault = faultIn(row, file, members)
      if (fault !== null) this.#faults.push(fault)
      else if (row.idNumber !== null && members.holderOf(row.idNumber) !== null) this.#known += 1
      else this.fresh.push({ ...row, memberId: this.#nextId() })
    }
  }

  preview(): ImportPreview {
    const faults = this.#faults.toSorted((one, other) => one.row - other.row)
    return {
      importId: this.importId,
      fileName: this.#fileName,
      fresh: this.fresh.length,
      cards: this.fresh.filter(({ cardUid }) => cardUid !== null).length,
      openingFen: this.fresh.reduce((sum, { openingFen }) => sum + openingFen, 0),
      known: this.#known,
      faultCount: faults.length,
      faults: faults.slice(0, FAULTS_SHOWN),
      sample: this.fresh.slice(0, SAMPLE).map(({ idNumber, ...row }) => ({
        row: row.row,
        fullName: row.fullName,
        bornOn: row.bornOn,
        idNumberMasked: idNumber === null ? null : maskIdNumber(idNumber),
        cardUid: row.cardUid,
        openingFen: row.openingFen,
      })),
    }
  }

  get takesIn(): boolean {
    return this.#faults.length === 0 && this.fresh.length > 0
  }
}

/** What the book says against a row; her own card on somebody who is known is no fault. */
function faultIn(row: ImportRow, file: BookFile, members: MemberIndex): RowFault | null {
  const { idNumber, cardUid, fullName, bornOn } = row
  const said = { row: row.row, otherRow: null }
  const holder = idNumber === null ? null : members.holderOf(idNumber)
  const card = cardUid === null ? undefined : file.queries.card.get(cardUid)
  if (card !== undefined && card.member_id !== holder && !file.persons.isErased(card.member_id))
    return { ...said, column: 'cardUid', code: 'card-in-book', text: cardUid ?? '' }
  const namesakes = idNumber === null ? members.namedExactly(fullName) : []
  return namesakes.some((memberId) => file.persons.get(memberId)?.bornOn === bornOn)
    ? { ...said, column: 'fullName', code: 'person-in-book', text: fullName }
    : null
}
