import { useTranslation } from 'react-i18next'
import type { PaidBy } from '../../../shared/contract/payers.ts'

/** What a payer is to her and her name: 女儿 林小燕. */
export const payerText = ({ name, relation }: { readonly name: string; readonly relation: string | null }) =>
  `${relation ?? ''} ${name}`.trim()

/** Who paid, in words; the same words for everybody whose data was erased. */
export function usePaidByWords(): (paidBy: PaidBy) => string {
  const { t } = useTranslation()
  return ({ name, relation }) =>
    name === null
      ? t('members.payers.erased')
      : t('members.payers.paid', { who: payerText({ name, relation }) })
}
