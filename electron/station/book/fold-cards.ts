import type { KnownEntry } from '../../../shared/domain/journal/entry.ts'
import type { FoldStatements } from './fold-statements.ts'

type CardEntry = Extract<
  KnownEntry,
  { kind: 'card.issued' | 'card.reported-lost' | 'card.returned' | 'member.limit-set' | 'card.seen-twice' }
>

/** Cards, what lies on them, and what they may pay. Runs inside the fold's transaction. */
export function foldCard(run: FoldStatements, entry: CardEntry): void {
  const { hlc, origin, seq, businessDate } = entry
  switch (entry.kind) {
    case 'card.issued': {
      const { uid, memberId, depositFen = 0 } = entry.body
      run.card.run(uid, memberId, 'valid', hlc, origin)
      if (depositFen === 0) return
      run.cardDeposit.run(origin, seq, businessDate, uid, memberId, depositFen)
      run.dayDeposit.run(businessDate, 1, depositFen, 0, 0)
      return
    }
    case 'card.reported-lost':
      run.card.run(entry.body.uid, entry.body.memberId, 'lost', hlc, origin)
      return
    case 'card.returned': {
      const { returnId, uid, memberId, depositFen } = entry.body
      run.card.run(uid, memberId, 'returned', hlc, origin)
      run.cardReturn.run(returnId, origin, seq, businessDate, uid, memberId, depositFen)
      if (depositFen > 0) run.dayDeposit.run(businessDate, 0, 0, 1, depositFen)
      return
    }
    case 'member.limit-set':
      run.memberLimit.run(entry.body.memberId, entry.body.dailyLimitFen, hlc, origin)
      return
    case 'card.seen-twice': {
      const { alarmId, uid, here, there } = entry.body
      run.cardAlarm.run(origin, seq, alarmId, uid, here.place, here.atMs, there.place, there.atMs)
    }
  }
}
