import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DayClose } from '../../../shared/contract/day.ts'
import { codeOf, queries, station, stationNow } from '../../stores/office.ts'
import { ReceiptDialog } from '../receipts/receipt-dialog.tsx'
import { Asked } from '../shell/asked.tsx'
import { useProblemWords } from '../shell/problem-words.ts'
import { useApproval } from '../shell/use-approval.tsx'
import { ConfirmClose } from './confirm-close.tsx'
import { DayView, type CountedDay } from './day-view.tsx'
import { DrawerMoves } from './drawer-moves.tsx'

const OWN_WORDS = ['NOT_NOW', 'EXPLANATION_MISSING', 'FLOAT_TOO_LARGE', 'NOT_THE_OPEN_DAY'] as const

/** Counts, compares and locks the day. */
export default function DayPage() {
  const { t } = useTranslation()
  const words = useProblemWords()
  const approval = useApproval()
  const state = useQuery(station.day.state.queryOptions())
  const [counted, setCounted] = useState<CountedDay | null>(null)
  const [done, setDone] = useState<DayClose | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [receiptOf, setReceiptOf] = useState<string | null>(null)
  const problemOf = (error: unknown): string => {
    const own = OWN_WORDS.find((code) => code === codeOf(error))
    return own === undefined ? words(error) : t(`day.failed.${own}`)
  }
  const close = useMutation({
    mutationFn: async ({
      businessDate,
      day,
    }: {
      readonly businessDate: string
      readonly day: CountedDay
    }) => {
      setProblem(null)
      const outcome = await approval.ask(t('day.confirm.title', { date: businessDate }), async (given) => {
        setDone(await stationNow.day.close({ businessDate, ...day, approval: given }))
      })
      if (outcome.kind === 'refused') setProblem(problemOf(outcome.error))
      await queries.invalidateQueries({ queryKey: station.day.state.key() })
    },
  })
  return (
    <Asked query={state}>
      {(now) => (
        <>
          <DayView
            state={now}
            done={done}
            problem={problem}
            busy={close.isPending}
            onClose={setCounted}
            onReceipt={setReceiptOf}
            drawerMoves={<DrawerMoves />}
          />
          {counted !== null && (
            <ConfirmClose
              date={now.toClose}
              onNo={() => setCounted(null)}
              onYes={() => {
                setCounted(null)
                close.mutate({ businessDate: now.toClose, day: counted })
              }}
            />
          )}
          {receiptOf !== null && (
            <ReceiptDialog
              of={{ kind: 'day-close', businessDate: receiptOf }}
              onClose={() => setReceiptOf(null)}
            />
          )}
          {approval.dialog}
        </>
      )}
    </Asked>
  )
}
