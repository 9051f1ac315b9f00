import { useMutation } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Balances } from '../../../shared/contract/wallets.ts'
import { codeOf, station } from '../../stores/office.ts'
import { Amount } from '../../ui/amount.tsx'
import { yuanText } from '../../ui/format.ts'
import { Sign } from '../../ui/sign.tsx'
import { ActDialog } from '../shell/act-dialog.tsx'
import { FocusedInput } from '../shell/focused-input.tsx'
import { dataOf, useProblemWords } from '../shell/problem-words.ts'

interface PayOutDialogProps {
  readonly found: Balances
  readonly onClose: () => void
}

const METHODS = ['transfer', 'cash'] as const
type Method = (typeof METHODS)[number]

/** How, why, and once more in words: then every wallet is paid out. The same dialog never pays anybody twice. */
export function PayOutDialog({ found, onClose }: PayOutDialogProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const [closureId] = useState(() => crypto.randomUUID())
  const [method, setMethod] = useState<Method>('transfer')
  const [note, setNote] = useState('')
  const payOut = useMutation(station.wallets.payOutAll.mutationOptions())
  const problem = (error: unknown): string => {
    switch (codeOf(error)) {
      case 'NOT_ENOUGH_CASH':
        return t('balances.problem.cash', { amount: yuanText(Number(dataOf(error)['cashFen'])) })
      case 'BUSY':
        return t('balances.problem.busy')
      default:
        return words(error)
    }
  }
  const paid = payOut.data
  const ready = note.trim() !== '' && !payOut.isPending
  const pay = () => {
    if (ready) payOut.mutate({ closureId, method, note: note.trim() })
  }
  return (
    <ActDialog
      title={t('balances.dialog.title')}
      problem={payOut.error !== null && problem(payOut.error)}
      act={
        paid === undefined
          ? {
              name: 'confirm-pay-out',
              words: t('balances.dialog.pay', { members: found.toPay }),
              ready,
              busy: payOut.isPending,
              danger: true,
              onAct: pay,
            }
          : { name: 'next', words: t('balances.dialog.close'), onAct: onClose }
      }
      onClose={onClose}
    >
      <div className="pay-out" data-dialog="pay-out" data-step={paid === undefined ? 'ask' : 'done'}>
        <Sign kind={paid === undefined ? 'act' : 'good'} />
        <Amount fen={paid?.amountFen ?? found.cashFen} size="large" />
        {paid === undefined ? (
          <Question {...{ found, method, note }} onMethod={setMethod} onNote={setNote} />
        ) : (
          <p>{t('balances.dialog.done', { members: paid.members })}</p>
        )}
      </div>
    </ActDialog>
  )
}

interface QuestionProps {
  readonly found: Balances
  readonly method: Method
  readonly note: string
  readonly onMethod: (method: Method) => void
  readonly onNote: (note: string) => void
}

function Question({ found, method, note, onMethod, onNote }: QuestionProps) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('balances.dialog.words', { members: found.toPay })}</p>
      <Segmented
        size="large"
        value={method}
        options={METHODS.map((value) => ({ value, label: t(`balances.method.${value}`) }))}
        onChange={onMethod}
      />
      <FocusedInput
        size="large"
        value={note}
        maxLength={200}
        placeholder={t('balances.dialog.note')}
        aria-label={t('balances.dialog.note')}
        onChange={(event) => onNote(event.target.value)}
      />
    </>
  )
}
