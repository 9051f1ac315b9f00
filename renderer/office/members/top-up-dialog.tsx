import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail } from '../../../shared/contract/members.ts'
import type { PayerShown } from '../../../shared/contract/payers.ts'
import type { Receipt } from '../../../shared/contract/receipts.ts'
import { codeOf, station } from '../../stores/office.ts'
import { Amount } from '../../ui/amount.tsx'
import { AmountPad } from '../../ui/amount-pad.tsx'
import { yuanText } from '../../ui/format.ts'
import { Sign } from '../../ui/sign.tsx'
import { fenOfText } from '../../ui/yuan.ts'
import { ActDialog } from '../shell/act-dialog.tsx'
import { useProblemWords } from '../shell/problem-words.ts'
import { ReceiptPicture } from '../shell/receipt-picture.tsx'
import { payerText } from './payer-words.ts'
import { useAmountKeys } from './use-amount-keys.ts'

/** As the contract has it: five thousand yuan at once. */
const MOST_FEN = 500_000
const QUICK_YUAN = ['50', '100', '200'] as const

type Step =
  | { readonly at: 'amount' }
  | { readonly at: 'confirm'; readonly amountFen: number }
  | { readonly at: 'done'; readonly receipt: Receipt; readonly balanceAfterFen: number }

interface TopUpDialogProps {
  readonly member: MemberDetail
  readonly onClose: () => void
}

/** Cash into the wallet: how much, said back in words, then the receipt. The same dialog never books twice. */
export function TopUpDialog({ member, onClose }: TopUpDialogProps) {
  const { t } = useTranslation()
  const [topUpId] = useState(() => crypto.randomUUID())
  const [text, setText] = useState('')
  const [payerId, setPayerId] = useState<string | null>(null)
  const [step, setStep] = useState<Step>({ at: 'amount' })
  const payer = member.payers.find((each) => each.payerId === payerId) ?? null
  const { book, booking, problem } = useBooking({ topUpId, memberId: member.memberId, payerId }, setStep)
  const amountFen = fenOfText(text)
  const fits = amountFen !== null && amountFen > 0 && amountFen <= MOST_FEN

  const next = () => {
    if (step.at === 'amount' && fits) setStep({ at: 'confirm', amountFen })
    else if (step.at === 'confirm') book(step.amountFen)
    else if (step.at === 'done') onClose()
  }
  useAmountKeys(step.at === 'amount', setText, next)

  return (
    <ActDialog
      title={t('members.topUp.title', { name: member.fullName })}
      act={{
        name: 'next',
        words: t(`members.topUp.next.${step.at}`),
        ready: step.at !== 'amount' || fits,
        busy: booking,
        onAct: next,
      }}
      back={
        step.at === 'confirm'
          ? { words: t('members.topUp.back'), onBack: () => setStep({ at: 'amount' }) }
          : null
      }
      {...{ problem, onClose }}
    >
      <TopUpStep {...{ step, text, member, payer, topUpId }} onText={setText} onPayer={setPayerId} />
    </ActDialog>
  )
}

interface TopUpStepProps {
  readonly step: Step
  readonly text: string
  readonly member: MemberDetail
  readonly payer: PayerShown | null
  readonly topUpId: string
  readonly onText: (text: string) => void
  readonly onPayer: (payerId: string | null) => void
}

function TopUpStep({ step, text, member, payer, topUpId, onText, onPayer }: TopUpStepProps) {
  const { t } = useTranslation()
  return (
    <div className="top-up" data-dialog="top-up" data-step={step.at}>
      {step.at === 'amount' && (
        <>
          <p className="top-up-amount" data-empty={text === ''}>
            {text === '' ? '0' : text} <small>{t('common.yuanMark')}</small>
          </p>
          <div className="top-up-choice">
            {member.payers.length > 0 && <PayerChoice {...{ member, payer, onPayer }} />}
            <div className="top-up-keys">
              <div className="top-up-quick">
                {QUICK_YUAN.map((yuan) => (
                  <button
                    key={yuan}
                    type="button"
                    className="pin-key"
                    data-quick={yuan}
                    onClick={() => onText(yuan)}
                  >
                    {t('members.topUp.quick', { yuan })}
                  </button>
                ))}
              </div>
              <AmountPad text={text} onText={onText} />
            </div>
          </div>
        </>
      )}
      {step.at === 'confirm' && (
        <div className="top-up-confirm">
          <Sign kind="act" />
          <p>
            {t(payer === null ? 'members.topUp.confirm' : 'members.topUp.confirmPaid', {
              name: member.fullName,
              amount: yuanText(step.amountFen),
              payer: payer === null ? '' : payerText(payer),
            })}
          </p>
          <Amount fen={step.amountFen} size="large" />
        </div>
      )}
      {step.at === 'done' && (
        <div className="top-up-done">
          <div className="top-up-confirm">
            <Sign kind="good" />
            <p>{t('members.topUp.done', { amount: yuanText(step.balanceAfterFen) })}</p>
          </div>
          <ReceiptPicture receipt={step.receipt} of={{ kind: 'top-up', topUpId }} />
        </div>
      )}
    </div>
  )
}

interface PayerChoiceProps {
  readonly member: MemberDetail
  readonly payer: PayerShown | null
  readonly onPayer: (payerId: string | null) => void
}

/** Who hands the cash over: she herself, unless somebody of her family is touched. */
function PayerChoice({ member, payer, onPayer }: PayerChoiceProps) {
  const { t } = useTranslation()
  const choices = [
    { payerId: null, words: t('members.topUp.herself') },
    ...member.payers.map((each) => ({ payerId: each.payerId, words: payerText(each) })),
  ]
  return (
    <div className="top-up-payers" role="group" aria-label={t('members.topUp.whoPays')}>
      <span>{t('members.topUp.whoPays')}</span>
      {choices.map(({ payerId, words }) => (
        <button
          key={payerId ?? ''}
          type="button"
          className="pin-key"
          aria-pressed={payerId === (payer?.payerId ?? null)}
          data-payer={payerId ?? 'herself'}
          onClick={() => onPayer(payerId)}
        >
          {words}
        </button>
      ))}
    </div>
  )
}

interface Booked {
  readonly topUpId: string
  readonly memberId: string
  readonly payerId: string | null
}

/** Books the cash; asked again after an answer was lost, it is the same top-up. */
function useBooking({ topUpId, memberId, payerId }: Booked, onStep: (step: Step) => void) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const cache = useQueryClient()
  const booking = useMutation(
    station.members.topUp.mutationOptions({
      onSuccess: (answer) => onStep({ at: 'done', ...answer }),
      // Also when it was refused: the payer may have been removed meanwhile.
      onSettled: () => cache.invalidateQueries({ queryKey: station.members.key() }),
    }),
  )
  const problemOf = (error: unknown): string =>
    codeOf(error) === 'NO_SUCH_PAYER' ? t('members.topUp.payerGone') : words(error)
  return {
    book: (amountFen: number) => {
      const payer = payerId === null ? {} : { payerId }
      if (!booking.isPending) booking.mutate({ topUpId, memberId, amountFen, ...payer })
    },
    booking: booking.isPending,
    problem: booking.error === null ? null : problemOf(booking.error),
  }
}
