import type { Bay, BaysState, KeptBay, KeptTray } from '../../../shared/domain/bays/state.ts'
import type { BookFile } from '../book/book.ts'

interface Row {
  readonly id: string
  readonly origin: string
  readonly body: string
}

/** A tray as it was kept, and whether this very book, not one that was put back, kept it (SPEC BY-12). */
export interface FoundTray {
  readonly kept: KeptTray
  readonly own: boolean
}

/**
 * What the bays remember over a restart, as rows of the book's file: only what differs from what stands there already is
 * written. Every method runs inside a `read` or a `write` of the book.
 */
export class KeptRows {
  #pans = new Map<string, KeptBay>()
  #trays = new Map<string, KeptTray>()

  /** What the rows say; from now on they are taken for what stands in the book. Pans of another origin are out of date. */
  load(file: BookFile): {
    readonly bays: ReadonlyMap<string, KeptBay>
    readonly trays: readonly FoundTray[]
  } {
    const pans = rows(file, 'SELECT bay_id AS id, origin, body FROM bay_pans')
    const trays = rows(file, 'SELECT tray_id AS id, origin, body FROM open_trays ORDER BY tray_id')
    const ownPans = pans.filter(({ origin }) => origin === file.originId)
    this.#pans = new Map(ownPans.map(({ id, body }) => [id, JSON.parse(body) as KeptBay]))
    this.#trays = new Map(trays.map(({ id, body }) => [id, JSON.parse(body) as KeptTray]))
    const found = trays.map(({ id, origin }) => ({ id, own: origin === file.originId }))
    return {
      bays: this.#pans,
      trays: found.flatMap(({ id, own }) => {
        const kept = this.#trays.get(id)
        return kept === undefined ? [] : [{ kept, own }]
      }),
    }
  }

  /** True when the state has something that the rows do not say. */
  differ(state: BaysState): boolean {
    return (
      state.trays.length !== this.#trays.size ||
      state.bays.some((bay) => this.#isNew(bay)) ||
      state.trays.some(({ kept }) => this.#trays.get(kept.trayId) !== kept)
    )
  }

  /** Writes what differs. After the transaction comes `wrote`: until then it may still be rolled back. */
  write(file: BookFile, state: BaysState): void {
    const { originId } = file
    const pan = file.statement<[string, string, string]>(
      'INSERT OR REPLACE INTO bay_pans (bay_id, origin, body) VALUES (?, ?, ?)',
    )
    const tray = file.statement<[string, string, string]>(
      `INSERT INTO open_trays (tray_id, origin, body) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET body = excluded.body`,
    )
    const paid = file.statement<[string]>('DELETE FROM open_trays WHERE tray_id = ?')
    for (const bay of state.bays)
      if (this.#isNew(bay)) {
        pan.run(bay.setup.bayId, originId, JSON.stringify(bay.kept))
        file.seals.seal('bay_pans', bay.setup.bayId)
      }
    const open = new Set(state.trays.map(({ kept }) => kept.trayId))
    for (const { kept } of state.trays)
      if (this.#trays.get(kept.trayId) !== kept) {
        tray.run(kept.trayId, originId, JSON.stringify(kept))
        file.seals.seal('open_trays', kept.trayId)
      }
    for (const trayId of this.#trays.keys()) {
      if (open.has(trayId)) continue
      paid.run(trayId)
      file.seals.seal('open_trays', trayId)
    }
  }

  /** The rows say what this state says. */
  wrote(state: BaysState): void {
    this.#pans = new Map(state.bays.map(({ setup, kept }) => [setup.bayId, kept]))
    this.#trays = new Map(state.trays.map(({ kept }) => [kept.trayId, kept]))
  }

  #isNew({ setup, kept }: Bay): boolean {
    return this.#pans.get(setup.bayId) !== kept
  }
}

const rows = (file: BookFile, sql: string): readonly Row[] => file.statement<[], Row>(sql).all()
