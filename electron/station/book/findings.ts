/** One thing that is wrong with a book, and where. */
export interface Finding {
  /** The rule of SPEC.md that it breaks. */
  readonly rule: string
  /** What differs, in words. */
  readonly message: string
  /** Of the entry, when it is one. */
  readonly origin?: string
  readonly seq?: number
  /** Of the row, when it is one; `book.reached` and a backup are told as tables are. */
  readonly table?: string
  readonly key?: string
}

/** A book with more is beyond listing. */
const MOST_FINDINGS = 200

export class Findings {
  readonly list: Finding[] = []

  add(finding: Finding): void {
    if (this.list.length < MOST_FINDINGS) this.list.push(finding)
  }
}
