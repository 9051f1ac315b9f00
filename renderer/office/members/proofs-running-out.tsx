import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { station } from '../../stores/office.ts'
import { goTo } from '../../stores/place.ts'
import { useCategoryWord } from './categories.ts'
import { memberHash } from './member-hash.ts'

const DAYS = 30

/** Whose proof ends within a month: told above the list of seniors, with their names behind one touch (SPEC ME-15). */
export function ProofsRunningOut() {
  const { t } = useTranslation()
  const word = useCategoryWord()
  const [open, setOpen] = useState(false)
  const { data: ending = [] } = useQuery(
    station.members.proofsRunningOut.queryOptions({ input: { days: DAYS } }),
  )
  if (ending.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      className="proofs-ending"
      data-ending={ending.length}
      title={t('members.proofs.ending', { count: ending.length, days: DAYS })}
      action={
        <Button data-action="show-proofs" onClick={() => setOpen(!open)}>
          {t(open ? 'members.proofs.hide' : 'members.proofs.show')}
        </Button>
      }
      description={
        open && (
          <ul className="proofs-list">
            {ending.map(({ memberId, fullName, category, until, daysLeft, phoneMasked }) => (
              <li key={`${memberId}/${category}/${until}`}>
                <Button type="text" onClick={() => goTo(memberHash(memberId))}>
                  {fullName}
                </Button>
                <span>{word(category)}</span>
                <span>{t('members.proofs.until', { date: until, count: daysLeft })}</span>
                <span>{phoneMasked ?? ''}</span>
              </li>
            ))}
          </ul>
        )
      }
    />
  )
}
