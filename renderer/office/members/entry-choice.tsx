import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MemberDetail, Movement } from '../../../shared/contract/members.ts'
import { station } from '../../stores/office.ts'
import { useTimeZone } from '../../stores/station.ts'
import { shortMoment, yuanText } from '../../ui/format.ts'
import { Field } from '../shell/field.tsx'

/** What a wrong entry is called as a reason. */
export function reasonFor({ kind }: Movement): 'meal' | 'top-up' | 'other' {
  if (kind === 'sale') return 'meal'
  return kind === 'top-up' ? 'top-up' : 'other'
}

/** What can be wrong: the kinds of entries that moved her own money, each with an id of its own. */
export const CORRECTED: readonly Movement['kind'][] = ['sale', 'top-up', 'refund', 'correction']
const DAYS = 92
const MOST_ENTRIES = 40
const NONE = 'none'

interface EntryChoiceProps {
  readonly member: MemberDetail
  readonly chosen: string | null
  readonly onChosen: (entry: Movement | null) => void
}

/** Which of her last entries was wrong, if it is one of them. */
export function EntryChoice({ member, chosen, onChosen }: EntryChoiceProps) {
  const { t, i18n } = useTranslation()
  const timeZone = useTimeZone()
  const { memberId } = member
  const account = useQuery(station.members.movements.queryOptions({ input: { memberId, days: DAYS } }))
  const entries = (account.data ?? [])
    .filter(({ kind, amountFen }) => CORRECTED.includes(kind) && amountFen !== 0)
    .slice(0, MOST_ENTRIES)
  return (
    <Field label={t('members.correction.entry')}>
      <Select
        size="large"
        value={chosen ?? NONE}
        data-choice="corrects"
        aria-label={t('members.correction.entry')}
        options={[
          { value: NONE, label: t('members.correction.noEntry') },
          ...entries.map(({ id, atMs, kind, amountFen }) => ({
            value: id,
            label: [
              shortMoment(atMs, i18n.language, timeZone),
              t(`members.movements.kind.${kind}`),
              `${amountFen > 0 ? '+' : ''}${yuanText(amountFen)}`,
            ].join(' · '),
          })),
        ]}
        onChange={(id) => onChosen(entries.find((entry) => entry.id === id) ?? null)}
      />
    </Field>
  )
}
