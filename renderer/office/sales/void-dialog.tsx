import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaleExplained, SaleListed } from '../../../shared/contract/sales.ts'
import type { LinePart } from '../../../shared/domain/ledger/part-reversal.ts'
import { VOID_REASONS, type VoidReason } from '../../../shared/domain/sale.ts'
import type { Language } from '../../i18n/language.ts'
import { yuanText } from '../../ui/format.ts'
import { ActDialog } from '../shell/act-dialog.tsx'
import { allLeft, LineChoice } from './line-choice.tsx'

export interface VoidWish {
  readonly reason: VoidReason
  readonly note: string
  /** Null for the whole sale, or all that is left of it. */
  readonly lines: readonly LinePart[] | null
}

interface VoidDialogProps {
  readonly sale: SaleListed
  /** Its lines, once they are known: until then only the whole can be chosen. */
  readonly explained: SaleExplained | null
  readonly language: Language
  readonly busy: boolean
  readonly problem: string | null
  readonly onVoid: (wish: VoidWish) => void
  readonly onCancel: () => void
}

/** Says what goes back to whom before anything does. */
export function VoidDialog({ sale, explained, language, busy, problem, onVoid, onCancel }: VoidDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<VoidReason | null>(null)
  const [note, setNote] = useState('')
  const [chosen, setChosen] = useState<readonly LinePart[] | null>(null)
  const all = explained === null ? null : allLeft(explained)
  const whole = chosen === null || JSON.stringify(chosen) === JSON.stringify(all)
  const untouched = sale.partsBackFen === 0
  const amounts = {
    wallet: yuanText(sale.walletFen),
    cash: yuanText(sale.cashFen),
    subsidy: yuanText(sale.subsidyFen),
  }
  return (
    <ActDialog
      title={t(whole ? 'salesList.dialog.title' : 'salesList.dialog.partTitle')}
      act={{
        name: 'void',
        words: t(whole ? 'salesList.dialog.yes' : 'salesList.dialog.yesPart'),
        ready: reason !== null && chosen?.length !== 0,
        busy,
        danger: true,
        onAct: () => {
          if (reason !== null) onVoid({ reason, note: note.trim(), lines: whole ? null : chosen })
        },
      }}
      back={{
        words: t(whole ? 'salesList.dialog.no' : 'salesList.dialog.noPart'),
        onBack: onCancel,
      }}
      problem={problem}
      onClose={onCancel}
    >
      <p>{whole && untouched ? t('salesList.dialog.words', amounts) : t('salesList.dialog.partWords')}</p>
      {explained !== null && all !== null && (
        <LineChoice sale={explained} language={language} chosen={chosen ?? all} onChoose={setChosen} />
      )}
      <fieldset className="reasons">
        <legend>{t('salesList.dialog.reason')}</legend>
        <Radio.Group
          value={reason}
          onChange={(event) => {
            const picked = VOID_REASONS.find((each) => each === event.target.value)
            if (picked !== undefined) setReason(picked)
          }}
        >
          {VOID_REASONS.map((each) => (
            <Radio.Button key={each} value={each} data-reason={each}>
              {t(`salesList.reason.${each}`)}
            </Radio.Button>
          ))}
        </Radio.Group>
      </fieldset>
      <label className="field">
        <span>{t('salesList.dialog.note')}</span>
        <Input size="large" maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
    </ActDialog>
  )
}
