import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail } from '../../../shared/contract/members.ts'
import type { Receipt } from '../../../shared/contract/receipts.ts'
import { station } from '../../stores/office.ts'
import { Amount } from '../../ui/amount.tsx'
import { AmountPad } from '../../ui/amount-pad.tsx'
import { yuanText } from '../../ui/format.ts'
import { Sign } from '../../ui/sign.tsx'
import { fenOfText } from '../../ui/yuan.ts'
import { useProblemWords } from '../shell/problem-words.ts'
import { ReceiptPicture } from '../shell/receipt-picture.tsx'
import { AmountDialog } from './amount-dialog.tsx'
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
  const [step, setStep] = useState<Step>({ at: 'amount' })
  const { book, booking, problem } = useBooking(topUpId, member.memberId, setStep)
  const amountFen = fenOfText(text)
  const fits = amountFen !== null && amountFen > 0 && amountFen <= MOST_FEN

  const next = () => {
    if (step.at === 'amount' && fits) setStep({ at: 'confirm', amountFen })
    else if (step.at === 'confirm') book(step.amountFen)
    else if (step.at === 'done') onClose()
  }
  useAmountKeys(step.at === 'amount', setText, next)

  return (
    <AmountDialog
      title={t('members.topUp.title', { name: member.fullName })}
      at={step.at}
      busy={booking}
      words={{ back: t('members.topUp.back'), next: t(`members.topUp.next.${step.at}`) }}
      onBack={() => setStep({ at: 'amount' })}
      onNext={next}
      {...{ problem, fits, onClose }}
    >
      <TopUpStep {...{ step, text, member, topUpId }} onText={setText} />
    </AmountDialog>
  )
}

interface TopUpStepProps {
  readonly step: Step
  readonly text: string
  readonly member: MemberDetail
  readonly topUpId: string
  readonly onText: (text: string) => void
}

function TopUpStep({ step, text, member, topUpId, onText }: TopUpStepProps) {
  const { t } = useTranslation()
  return (
    <div className="top-up" data-dialog="top-up" data-step={step.at}>
      {step.at === 'amount' && (
        <>
          <p className="top-up-amount" data-empty={text === ''}>
            {text === '' ? '0' : text} <small>{t('common.yuanMark')}</small>
          </p>
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
        </>
      )}
      {step.at === 'confirm' && (
        <div className="top-up-confirm">
          <Sign kind="act" />
          <p>{t('members.topUp.confirm', { name: member.fullName, amount: yuanText(step.amountFen) })}</p>
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

/** Books the cash; asked again after an answer was lost, it is the same top-up. */
function useBooking(topUpId: string, memberId: string, onStep: (step: Step) => void) {
  const words = useProblemWords()
  const cache = useQueryClient()
  const booking = useMutation(
    station.members.topUp.mutationOptions({
      onSuccess: (answer) => {
        onStep({ at: 'done', ...answer })
        void cache.invalidateQueries({ queryKey: station.members.key() })
      },
    }),
  )
  return {
    book: (amountFen: number) => {
      if (!booking.isPending) booking.mutate({ topUpId, memberId, amountFen })
    },
    booking: booking.isPending,
    problem: booking.error === null ? null : words(booking.error),
  }
}
