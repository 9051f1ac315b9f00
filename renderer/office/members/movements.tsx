import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Segmented, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail, Movement } from '../../../shared/contract/members.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { useTimeZone } from '../../stores/station.ts'
import { shortMoment, yuanText } from '../../ui/format.ts'
import { ActDialog } from '../shell/act-dialog.tsx'
import { Asked } from '../shell/asked.tsx'
import { FocusedInput } from '../shell/focused-input.tsx'
import { dataOf } from '../shell/problem-words.ts'
import { useApproval } from '../shell/use-approval.tsx'
import { useNotice } from '../shell/use-notice.tsx'
import { CORRECTED } from './entry-choice.tsx'
import { payerText, usePaidByWords } from './payer-words.ts'

const SPANS = [7, 31, 92] as const
/** What is undone from here; a meal is taken back in the list of sales. */
const UNDONE: readonly Movement['kind'][] = ['top-up', 'correction']

/** Her account: what came in, what went out, what stood after it. */
export function Movements({ member }: { readonly member: MemberDetail }) {
  const { t, i18n } = useTranslation()
  const timeZone = useTimeZone()
  const [days, setDays] = useState<number>(SPANS[1])
  const query = useQuery(
    station.members.movements.queryOptions({ input: { memberId: member.memberId, days } }),
  )
  const { reverse, dialog } = useReversal(member)
  const columns: TableColumnsType<Movement> = [
    {
      key: 'when',
      title: t('members.movements.when'),
      width: 150,
      render: (_, { atMs }) => shortMoment(atMs, i18n.language, timeZone),
    },
    {
      key: 'kind',
      title: t('members.movements.what'),
      render: (_, movement) => (
        <div className="movement">
          <div>
            <What movement={movement} account={query.data ?? []} />
          </div>
          {UNDONE.includes(movement.kind) && movement.reversible && (
            <Button data-action="reverse" onClick={() => reverse(movement)}>
              {t('members.movements.undo')}
            </Button>
          )}
        </div>
      ),
    },
    {
      key: 'amount',
      title: t('members.movements.amount'),
      align: 'right',
      width: 96,
      render: (_, movement) => <Amounts {...movement} />,
    },
    {
      key: 'after',
      title: t('members.movements.after'),
      align: 'right',
      width: 92,
      render: (_, { balanceAfterFen }) => yuanText(balanceAfterFen),
    },
  ]
  return (
    <section className="member-part">
      <header className="member-part-head">
        <h3>{t('members.movements.title')}</h3>
        <Segmented
          value={days}
          options={SPANS.map((value) => ({ value, label: t('members.movements.days', { count: value }) }))}
          onChange={setDays}
        />
      </header>
      <Asked query={query} rows={4}>
        {(movements) => (
          <Table<Movement>
            size="small"
            rowKey={({ id, kind }) => `${kind} ${id}`}
            pagination={false}
            dataSource={[...movements]}
            columns={columns}
            locale={{ emptyText: t('members.movements.none') }}
          />
        )}
      </Asked>
      {dialog}
    </section>
  )
}

interface WhatProps {
  readonly movement: Movement
  readonly account: readonly Movement[]
}

/** What it was, which entry it corrects, and who of her family paid it. */
function What({ movement: { kind, reason, corrects, paidBy }, account }: WhatProps) {
  const { t, i18n } = useTranslation()
  const timeZone = useTimeZone()
  const paidByWords = usePaidByWords()
  const corrected = typeof corrects === 'string' ? correctedBy(corrects, account) : undefined
  return (
    <>
      {reason === undefined
        ? t(`members.movements.kind.${kind}`)
        : `${t('members.movements.kind.correction')} · ${t(`members.correction.reason.${reason}`)}`}
      {corrected !== undefined && (
        <div className="movement-about">
          {t('members.correction.of', {
            what: t(`members.movements.kind.${corrected.kind}`),
            when: shortMoment(corrected.atMs, i18n.language, timeZone),
          })}
        </div>
      )}
      {paidBy !== null && <div className="movement-about">{paidByWords(paidBy)}</div>}
    </>
  )
}

/** The entry that a correction is about, where it is among those that are shown: a void has its sale's id. */
const correctedBy = (id: string, account: readonly Movement[]): Movement | undefined =>
  account.find((entry) => entry.id === id && CORRECTED.includes(entry.kind))

/** What the entry did to her own money, and to her grants. */
function Amounts({ amountFen, grantsFen }: Pick<Movement, 'amountFen' | 'grantsFen'>) {
  const { t } = useTranslation()
  return (
    <>
      {(amountFen !== 0 || grantsFen === 0) && (
        <strong className={amountFen > 0 ? 'amount-in' : 'amount-out'}>{signed(amountFen)}</strong>
      )}
      {grantsFen !== 0 && (
        <div className={grantsFen > 0 ? 'amount-in' : 'amount-out'}>
          {t('members.movements.grants', { amount: signed(grantsFen) })}
        </div>
      )}
    </>
  )
}

const signed = (fen: number): string => `${fen > 0 ? '+' : ''}${yuanText(fen)}`

/** Undoes a top-up: the note first, then a manager's word if whoever is signed in may not do it alone. */
function useReversal(member: MemberDetail) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const approval = useApproval()
  const { done, told, refused } = useNotice()
  const [asked, setAsked] = useState<{ readonly movement: Movement; readonly reversalId: string } | null>(
    null,
  )
  const [note, setNote] = useState('')
  const go = async (movement: Movement, reversalId: string) => {
    const about = aboutOf(member, movement)
    const corrected = movement.kind === 'correction'
    const what = t(corrected ? 'members.correction.undoWhat' : 'members.movements.undoWhat', about)
    const outcome = await approval.ask(what, (given) => {
      const why = { note: note.trim(), approval: given }
      return corrected
        ? stationNow.wallets.undoCorrection({ correctionId: reversalId, undoes: movement.id, ...why })
        : stationNow.members.reverseTopUp({ reversalId, topUpId: movement.id, ...why })
    })
    void cache.invalidateQueries({ queryKey: station.members.key() })
    if (outcome.kind === 'given-up') return
    setAsked(null)
    setNote('')
    if (outcome.kind === 'done') {
      done(t(corrected ? 'members.correction.undone' : undoneWords(movement), about))
      return
    }
    switch (codeOf(outcome.error)) {
      case 'ALREADY_REVERSED':
      case 'ALREADY_UNDONE':
        told(t('members.movements.alreadyUndone'))
        return
      case 'ALREADY_SPENT':
      case 'TOO_MUCH':
        told(
          t('members.movements.alreadySpent', {
            amount: yuanText(Number(dataOf(outcome.error)['balanceFen'])),
          }),
        )
        return
      default:
        refused(outcome.error)
    }
  }
  const dialog = (
    <>
      {asked !== null && (
        <ReversalQuestion
          member={member}
          movement={asked.movement}
          note={note}
          onNote={setNote}
          onKeep={() => setAsked(null)}
          onUndo={() => void go(asked.movement, asked.reversalId)}
        />
      )}
      {approval.dialog}
    </>
  )
  return {
    reverse: (movement: Movement) => setAsked({ movement, reversalId: crypto.randomUUID() }),
    dialog,
  }
}

/** Who gets the cash back: she, or who of her family paid. */
const isHers = ({ paidBy }: Movement): boolean => paidBy === null || paidBy.name === null
const undoneWords = (movement: Movement) =>
  isHers(movement) ? 'members.movements.undone' : 'members.movements.undonePaid'
const undoWords = (movement: Movement) =>
  isHers(movement) ? 'members.movements.undoWords' : 'members.movements.undoWordsPaid'

const aboutOf = ({ fullName: name }: MemberDetail, { amountFen, paidBy }: Movement) => ({
  name,
  amount: yuanText(amountFen),
  who: paidBy === null || paidBy.name === null ? '' : payerText({ ...paidBy, name: paidBy.name }),
})

interface ReversalQuestionProps {
  readonly member: MemberDetail
  readonly movement: Movement
  readonly note: string
  readonly onNote: (note: string) => void
  readonly onKeep: () => void
  readonly onUndo: () => void
}

function ReversalQuestion({ member, movement, note, onNote, onKeep, onUndo }: ReversalQuestionProps) {
  const { t } = useTranslation()
  const words = aboutOf(member, movement)
  const corrected = movement.kind === 'correction'
  return (
    <ActDialog
      width={520}
      title={t(corrected ? 'members.correction.undoWhat' : 'members.movements.undoWhat', words)}
      act={{
        name: 'confirm-reverse',
        words: t(corrected ? 'members.correction.undoNow' : 'members.movements.undoNow'),
        danger: true,
        onAct: onUndo,
      }}
      back={{ words: t('members.movements.keep'), onBack: onKeep }}
      onClose={onKeep}
    >
      <div className="question" data-dialog="reverse">
        <p>{t(corrected ? 'members.correction.undoWords' : undoWords(movement), words)}</p>
        <FocusedInput
          size="large"
          value={note}
          maxLength={200}
          placeholder={t('members.movements.note')}
          aria-label={t('members.movements.note')}
          onChange={(event) => onNote(event.target.value)}
          onPressEnter={onUndo}
        />
      </div>
    </ActDialog>
  )
}
