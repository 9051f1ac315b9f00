import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail } from '../../../shared/contract/members.ts'
import type { Receipt } from '../../../shared/contract/receipts.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { Amount } from '../../ui/amount.tsx'
import { AmountPad } from '../../ui/amount-pad.tsx'
import { yuanText } from '../../ui/format.ts'
import { Sign } from '../../ui/sign.tsx'
import { fenOfText } from '../../ui/yuan.ts'
import { ActDialog } from '../shell/act-dialog.tsx'
import { FocusedInput } from '../shell/focused-input.tsx'
import { dataOf, useProblemWords } from '../shell/problem-words.ts'
import { ReceiptPicture } from '../shell/receipt-picture.tsx'
import { useApproval } from '../shell/use-approval.tsx'
import { useAmountKeys } from './use-amount-keys.ts'

type Step =
  | { readonly at: 'amount' }
  | { readonly at: 'confirm'; readonly amountFen: number }
  | { readonly at: 'done'; readonly amountFen: number; readonly paid: Paid }

interface Paid {
  readonly receipt: Receipt
  readonly balanceAfterFen: number
}

interface RefundDialogProps {
  readonly member: MemberDetail
  readonly onClose: () => void
}

/** Her own money back in cash: how much, why, a manager's word, then the slip she signs. The same dialog never pays twice. */
export function RefundDialog({ member, onClose }: RefundDialogProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [note, setNote] = useState('')
  const [step, setStep] = useState<Step>({ at: 'amount' })
  const { refundId, pay, paying, problem, dialog } = usePaying(member, setStep)
  const amountFen = fenOfText(text)
  const fits = amountFen !== null && amountFen > 0 && amountFen <= member.balanceFen
  const next = () => {
    if (step.at === 'amount' && fits) setStep({ at: 'confirm', amountFen })
    else if (step.at === 'confirm') void pay(step.amountFen, note.trim())
    else if (step.at === 'done') onClose()
  }
  useAmountKeys(step.at === 'amount', setText, step.at === 'confirm' ? () => undefined : next)

  return (
    <ActDialog
      title={t('members.refund.title', { name: member.fullName })}
      act={{
        name: 'next',
        words: t(`members.refund.next.${step.at}`),
        ready: step.at !== 'amount' || fits,
        busy: paying,
        onAct: next,
      }}
      back={
        step.at === 'confirm'
          ? { words: t('members.refund.back'), onBack: () => setStep({ at: 'amount' }) }
          : null
      }
      {...{ problem, onClose }}
    >
      <div className="top-up" data-dialog="refund" data-step={step.at}>
        {step.at === 'amount' && <AmountStep {...{ member, text }} onText={setText} />}
        {step.at === 'confirm' && (
          <ConfirmStep {...{ member, note }} amountFen={step.amountFen} onNote={setNote} onEnter={next} />
        )}
        {step.at === 'done' && <DoneStep {...step} refundId={refundId} />}
      </div>
      {dialog}
    </ActDialog>
  )
}

interface AmountStepProps {
  readonly member: MemberDetail
  readonly text: string
  readonly onText: (text: string) => void
}

function AmountStep({ member, text, onText }: AmountStepProps) {
  const { t } = useTranslation()
  const all = yuanText(member.balanceFen)
  const grantsFen = member.grants.reduce((sum, { leftFen }) => sum + leftFen, 0)
  return (
    <>
      <p className="refund-held">
        {t('members.refund.held', { amount: all })}
        {grantsFen > 0 && <strong>{t('members.refund.grants', { amount: yuanText(grantsFen) })}</strong>}
      </p>
      <p className="top-up-amount" data-empty={text === ''}>
        {text === '' ? '0' : text} <small>{t('common.yuanMark')}</small>
      </p>
      <button type="button" className="pin-key refund-all" data-quick="all" onClick={() => onText(all)}>
        {t('members.refund.all', { amount: all })}
      </button>
      <AmountPad text={text} onText={onText} />
    </>
  )
}

interface ConfirmStepProps {
  readonly member: MemberDetail
  readonly amountFen: number
  readonly note: string
  readonly onNote: (note: string) => void
  readonly onEnter: () => void
}

function ConfirmStep({ member, amountFen, note, onNote, onEnter }: ConfirmStepProps) {
  const { t } = useTranslation()
  return (
    <div className="top-up-confirm refund-confirm">
      <Sign kind="act" />
      <p>{t('members.refund.confirm', { name: member.fullName, amount: yuanText(amountFen) })}</p>
      <Amount fen={amountFen} size="large" />
      <FocusedInput
        size="large"
        value={note}
        maxLength={200}
        placeholder={t('members.refund.note')}
        aria-label={t('members.refund.note')}
        onChange={(event) => onNote(event.target.value)}
        onPressEnter={onEnter}
      />
    </div>
  )
}

interface DoneStepProps {
  readonly amountFen: number
  readonly paid: Paid
  readonly refundId: string
}

function DoneStep({ amountFen, paid, refundId }: DoneStepProps) {
  const { t } = useTranslation()
  const words = { amount: yuanText(amountFen), left: yuanText(paid.balanceAfterFen) }
  return (
    <div className="top-up-done">
      <div className="top-up-confirm">
        <Sign kind="good" />
        <p>{t('members.refund.done', words)}</p>
      </div>
      <ReceiptPicture receipt={paid.receipt} of={{ kind: 'refund', refundId }} />
    </div>
  )
}

/** Pays out under one id, however often it is asked; what is refused is said where it was asked. */
function usePaying(member: MemberDetail, onStep: (step: Step) => void) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const cache = useQueryClient()
  const approval = useApproval()
  const [refundId, setRefundId] = useState(() => crypto.randomUUID())
  const [paying, setPaying] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const pay = async (amountFen: number, note: string) => {
    if (paying) return
    setPaying(true)
    setProblem(null)
    const { memberId, fullName: name } = member
    let paid: Paid | null = null
    const what = t('members.refund.confirm', { name, amount: yuanText(amountFen) })
    const outcome = await approval.ask(what, async (given) => {
      paid = await stationNow.wallets.refund({ refundId, memberId, amountFen, note, approval: given })
    })
    setPaying(false)
    void cache.invalidateQueries({ queryKey: station.members.key() })
    if (outcome.kind === 'done' && paid !== null) onStep({ at: 'done', amountFen, paid })
    if (outcome.kind !== 'refused') return
    const { balanceFen, cashFen } = dataOf(outcome.error)
    switch (codeOf(outcome.error)) {
      case 'TOO_MUCH':
        // Nothing was written under this id: another amount may be asked for under a new one.
        setRefundId(crypto.randomUUID())
        return setProblem(t('members.refund.tooMuch', { amount: yuanText(Number(balanceFen)) }))
      case 'NOT_ENOUGH_CASH':
        setRefundId(crypto.randomUUID())
        return setProblem(t('members.refund.notEnoughCash', { amount: yuanText(Number(cashFen)) }))
      default:
        return setProblem(words(outcome.error))
    }
  }
  return { refundId, pay, paying, problem, dialog: approval.dialog }
}
