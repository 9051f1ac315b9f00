import { Button } from 'antd'
import { Banknote, FileText, HandCoins, Pencil, Scale } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail } from '../../../shared/contract/members.ts'
import { goTo } from '../../stores/place.ts'
import { useStation } from '../../stores/station.ts'
import { CorrectionDialog } from './correction-dialog.tsx'
import { editHash } from './member-hash.ts'
import { RefundDialog } from './refund-dialog.tsx'
import { StatementDialog } from './statement-dialog.tsx'
import { TopUpDialog } from './top-up-dialog.tsx'

type Opened = 'topUp' | 'refund' | 'statement' | 'correction'

interface MemberKeysProps {
  readonly member: MemberDetail
  readonly children: ReactNode
}

/** What can be done for her: money in, money out, her account on paper, a balance put right, her details. */
export function MemberKeys({ member, children }: MemberKeysProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState<Opened | null>(null)
  const today = useStation(({ view }) => view?.businessDate ?? null)
  const close = () => setOpened(null)
  const key = (what: Opened, action: string, icon: ReactNode) => (
    <Button
      type={what === 'topUp' ? 'primary' : 'default'}
      size="large"
      icon={icon}
      data-action={action}
      onClick={() => setOpened(what)}
    >
      {t(`members.${what}.open`)}
    </Button>
  )
  return (
    <div className="member-keys">
      {key('topUp', 'top-up', <Banknote aria-hidden="true" />)}
      {member.balanceFen > 0 && key('refund', 'refund', <HandCoins aria-hidden="true" />)}
      {today !== null && key('statement', 'statement', <FileText aria-hidden="true" />)}
      {key('correction', 'correct', <Scale aria-hidden="true" />)}
      <Button
        size="large"
        icon={<Pencil aria-hidden="true" />}
        data-action="edit"
        onClick={() => goTo(editHash(member.memberId))}
      >
        {t('members.edit')}
      </Button>
      {children}
      {opened === 'topUp' && <TopUpDialog member={member} onClose={close} />}
      {opened === 'refund' && <RefundDialog member={member} onClose={close} />}
      {opened === 'correction' && <CorrectionDialog member={member} onClose={close} />}
      {opened === 'statement' && today !== null && (
        <StatementDialog member={member} today={today} onClose={close} />
      )}
    </div>
  )
}
