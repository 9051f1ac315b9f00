import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { uuidv7 } from 'uuidv7'
import type { SaleListed } from '../../../shared/contract/sales.ts'
import type { Language } from '../../i18n/language.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { yuanText } from '../../ui/format.ts'
import { dataOf, useProblemWords } from '../shell/problem-words.ts'
import { useApproval } from '../shell/use-approval.tsx'
import { VoidDialog, type VoidWish } from './void-dialog.tsx'

interface VoidFlowProps {
  readonly sale: SaleListed
  readonly language: Language
  /** With what was done and the cash to give back, in words. */
  readonly onDone: (words: string) => void
  readonly onCancel: () => void
}

const OWN_WORDS = ['NOT_FOUND', 'ALREADY_VOIDED', 'SOLD_ELSEWHERE', 'NOT_LEFT'] as const

const doneWords = (whole: boolean, withCash: boolean) => {
  if (whole) return withCash ? 'salesList.done' : 'salesList.doneNoCash'
  return withCash ? 'salesList.partDone' : 'salesList.partDoneNoCash'
}

/** From the reason over a manager's word to the void. */
export function VoidFlow({ sale, language, onDone, onCancel }: VoidFlowProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const approval = useApproval()
  /** Made once for this dialog: pressing twice, or again after a lost answer, voids once. */
  const [voidId] = useState(uuidv7)
  const explained = useQuery(station.sales.explain.queryOptions({ input: { saleId: sale.saleId } }))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const problemOf = (error: unknown): string => {
    const code = codeOf(error)
    const own = OWN_WORDS.find((each) => each === code)
    if (own !== undefined) return t(`salesList.failed.${own}`)
    if (code === 'NOT_ENOUGH_CASH')
      return t('salesList.failed.NOT_ENOUGH_CASH', { cash: yuanText(Number(dataOf(error)['cashFen'])) })
    return words(error)
  }
  const start = async ({ reason, note, lines }: VoidWish) => {
    setBusy(true)
    setProblem(null)
    const what = `${t('salesList.void')} ${sale.displayName ?? t('salesList.guest')} ${yuanText(sale.priceFen)}`
    const outcome = await approval.ask(what, async (given) => {
      const asked = { saleId: sale.saleId, reason, note, approval: given }
      const { whole, cashBackFen } =
        lines === null
          ? { ...(await stationNow.sales.void({ ...asked, voidId })), whole: true }
          : await stationNow.sales.reversePart({ ...asked, reversalId: voidId, lines: [...lines] })
      onDone(t(doneWords(whole, cashBackFen > 0), { cash: yuanText(cashBackFen) }))
    })
    setBusy(false)
    if (outcome.kind === 'refused') setProblem(problemOf(outcome.error))
  }
  return (
    <>
      <VoidDialog
        sale={sale}
        explained={explained.data ?? null}
        language={language}
        busy={busy}
        problem={problem}
        onVoid={(wish) => void start(wish)}
        onCancel={onCancel}
      />
      {approval.dialog}
    </>
  )
}
