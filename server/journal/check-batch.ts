import { hash } from 'node:crypto'
import { checkpointText, type Batch } from '../../shared/contract/sync-wire.ts'
import { FIRST_PREV_HASH, hashedText } from '../../shared/domain/journal/entry.ts'
import { stationOf } from '../../shared/domain/ledger/accounts.ts'
import type { KnownStation } from '../access/sessions.ts'
import { isSignedBy } from '../access/signature.ts'
import { Failure } from '../failure.ts'

/**
 * Everything about a batch that can be told without the database (SPEC SY-2): it is about the caller's own book, its
 * numbers and hashes follow one another, each hash is the entry's, and the station signed the last one.
 *
 * @throws Failure NOT_YOURS, INVALID, CHAIN, SIGNATURE
 */
export function checkBatch(batch: Batch, origin: string, station: KnownStation): void {
  if (stationOf(origin) !== station.stationId) throw new Failure('NOT_YOURS')
  if (batch.origin !== origin || batch.checkpoint.origin !== origin)
    throw new Failure('INVALID', { detail: 'origin: not the one of the address' })
  checkChain(batch, origin)
  const { checkpoint } = batch
  const last = batch.entries.at(-1)
  if (checkpoint.seq !== last?.seq || checkpoint.hash !== last.hash)
    throw new Failure('SIGNATURE', { detail: 'the checkpoint is not over the last entry' })
  const text = checkpointText({
    canteenId: station.canteenId,
    origin,
    seq: checkpoint.seq,
    hash: checkpoint.hash,
  })
  if (!isSignedBy(station.publicKey, text, checkpoint.signature)) throw new Failure('SIGNATURE')
}

function checkChain({ fromSeq, entries }: Batch, origin: string): void {
  let before = fromSeq === 1 ? FIRST_PREV_HASH : entries[0]?.prevHash
  for (const [index, { hash: entryHash, ...entry }] of entries.entries()) {
    const seq = fromSeq + index
    if (entry.origin !== origin || entry.seq !== seq)
      throw new Failure('INVALID', { detail: `entries.${index}: not number ${seq} of ${origin}` })
    if (entry.prevHash !== before || hash('sha256', hashedText(entry), 'hex') !== entryHash)
      throw new Failure('CHAIN', { seq })
    before = entryHash
  }
}
