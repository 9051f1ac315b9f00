import { useQueryClient } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail } from '../../../shared/contract/members.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { yuanText } from '../../ui/format.ts'
import { YuanInput } from '../../ui/yuan-input.tsx'
import { fenOfText } from '../../ui/yuan.ts'
import { ActDialog } from '../shell/act-dialog.tsx'
import { Field } from '../shell/field.tsx'
import { dataOf, useProblemWords } from '../shell/problem-words.ts'
import { useApproval } from '../shell/use-approval.tsx'
import { useNotice } from '../shell/use-notice.tsx'
import { EntryChoice, reasonFor } from './entry-choice.tsx'

const REASONS = ['opening-balance', 'top-up', 'meal', 'other'] as const
type Reason = (typeof REASONS)[number]

interface CorrectionDialogProps {
  readonly member: MemberDetail
  readonly onClose: () => void
}

/** Puts a balance right, by an entry against it: more or less, how much, which entry was wrong and why, in words, and a manager's word. */
export function CorrectionDialog({ member, onClose }: CorrectionDialogProps) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(true)
  const [text, setText] = useState('')
  const [reason, setReason] = useState<Reason>('opening-balance')
  const [corrects, setCorrects] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const { correct, correcting, problem, dialog } = useCorrecting(member, onClose)
  const fen = fenOfText(text)
  const afterFen = member.balanceFen + (adding ? 1 : -1) * (fen ?? 0)
  const ready = fen !== null && fen > 0 && afterFen >= 0 && note.trim() !== ''
  return (
    <ActDialog
      title={t('members.correction.title', { name: member.fullName })}
      problem={
        problem ??
        (afterFen < 0 ? t('members.correction.tooMuch', { amount: yuanText(member.balanceFen) }) : '')
      }
      act={{
        name: 'confirm-correction',
        words: t('members.correction.confirm', { amount: yuanText(afterFen) }),
        ready,
        busy: correcting,
        onAct: () =>
          void correct({ amountFen: afterFen - member.balanceFen, reason, corrects, note: note.trim() }),
      }}
      onClose={onClose}
    >
      <div className="question" data-dialog="correction">
        <p>{t('members.correction.words', { amount: yuanText(member.balanceFen) })}</p>
        <HowMuch {...{ adding, text }} onAdding={setAdding} onText={setText} />
        <EntryChoice
          member={member}
          chosen={corrects}
          onChosen={(entry) => {
            setCorrects(entry?.id ?? null)
            if (entry !== null) setReason(reasonFor(entry))
          }}
        />
        <Field label={t('members.correction.why')}>
          <Segmented
            value={reason}
            options={REASONS.map((value) => ({ value, label: t(`members.correction.reason.${value}`) }))}
            onChange={setReason}
          />
        </Field>
        <Field label={t('members.correction.note')} hint={t('members.correction.noteHint')}>
          <Input
            size="large"
            value={note}
            maxLength={200}
            data-field="note"
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
      </div>
      {dialog}
    </ActDialog>
  )
}

interface HowMuchProps {
  readonly adding: boolean
  readonly text: string
  readonly onAdding: (adding: boolean) => void
  readonly onText: (text: string) => void
}

/** More or less, and how much. */
function HowMuch({ adding, text, onAdding, onText }: HowMuchProps) {
  const { t } = useTranslation()
  return (
    <div className="statement-choice">
      <Segmented
        value={adding}
        options={[true, false].map((value) => ({
          value,
          label: t(`members.correction.${value ? 'add' : 'take'}`),
        }))}
        onChange={onAdding}
      />
      <YuanInput text={text} onText={onText} label={t('members.correction.amount')} />
    </div>
  )
}

interface Wished {
  readonly amountFen: number
  readonly reason: Reason
  readonly corrects: string | null
  readonly note: string
}

/** Corrects under one id, however often it is asked. */
function useCorrecting(member: MemberDetail, onDone: () => void) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const cache = useQueryClient()
  const approval = useApproval()
  const { done } = useNotice()
  const [correctionId, setCorrectionId] = useState(() => crypto.randomUUID())
  const [correcting, setCorrecting] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const correct = async (wished: Wished) => {
    if (correcting) return
    setCorrecting(true)
    setProblem(null)
    const { memberId, fullName: name, balanceFen } = member
    const amount = yuanText(balanceFen + wished.amountFen)
    const outcome = await approval.ask(t('members.correction.what', { name, amount }), (given) =>
      stationNow.wallets.correct({ correctionId, memberId, ...wished, approval: given }),
    )
    setCorrecting(false)
    void cache.invalidateQueries({ queryKey: station.members.key() })
    if (outcome.kind === 'done') {
      done(t('members.correction.done', { amount }))
      onDone()
    }
    if (outcome.kind !== 'refused') return
    if (codeOf(outcome.error) === 'NO_SUCH_ENTRY') return setProblem(t('members.correction.entryGone'))
    if (codeOf(outcome.error) !== 'TOO_MUCH') return setProblem(words(outcome.error))
    // Nothing was written under this id.
    setCorrectionId(crypto.randomUUID())
    const left = yuanText(Number(dataOf(outcome.error)['balanceFen']))
    setProblem(t('members.correction.tooMuch', { amount: left }))
  }
  return { correct, correcting, problem, dialog: approval.dialog }
}
