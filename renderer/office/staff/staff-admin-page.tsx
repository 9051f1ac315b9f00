import { Button, Table, type TableColumnsType } from 'antd'
import { KeyRound, Pencil, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StaffMember } from '../../../shared/contract/staff.ts'
import { roleReaches } from '../../../shared/domain/staff.ts'
import { useStaff } from '../../stores/staff.ts'
import { useNow } from '../../ui/use-now.ts'
import { PageFrame } from '../shell/page-frame.tsx'
import { waitText } from '../sign-in/staff-tiles.tsx'
import { PinDialog, type PinPurpose } from './pin-dialog.tsx'
import { StaffDialog } from './staff-dialog.tsx'
import './staff-admin.css'

type Open =
  | { readonly what: 'person'; readonly person: StaffMember | null }
  | { readonly what: 'pin'; readonly purpose: PinPurpose }
  | null

/** Who works here: an admin adds people and gives them new PINs, everybody changes her own. */
export default function StaffAdminPage() {
  const { t } = useTranslation()
  const view = useStaff((staff) => staff.view)
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const signedIn = view?.signedIn ?? null
  const isAdmin = signedIn !== null && roleReaches(signedIn.role, 'admin')
  return (
    <PageFrame
      title={t('staff.title')}
      lead={t(isAdmin ? 'staff.leadAdmin' : 'staff.lead')}
      actions={
        <>
          <Button
            size="large"
            type={isAdmin ? 'default' : 'primary'}
            icon={<KeyRound aria-hidden="true" />}
            data-action="own-pin"
            onClick={() => setOpen({ what: 'pin', purpose: { kind: 'own' } })}
          >
            {t('staff.ownPin')}
          </Button>
          {isAdmin && (
            <Button
              type="primary"
              size="large"
              icon={<UserPlus aria-hidden="true" />}
              data-action="add"
              onClick={() => setOpen({ what: 'person', person: null })}
            >
              {t('staff.add')}
            </Button>
          )}
        </>
      }
    >
      <div className="sheet">
        <StaffTable
          staff={view?.staff ?? []}
          isAdmin={isAdmin}
          onChange={(person) => setOpen({ what: 'person', person })}
          onPin={(person) => setOpen({ what: 'pin', purpose: { kind: 'reset', person } })}
        />
      </div>
      {open?.what === 'person' && <StaffDialog person={open.person} onClose={close} />}
      {open?.what === 'pin' && <PinDialog purpose={open.purpose} onClose={close} />}
    </PageFrame>
  )
}

interface StaffTableProps {
  readonly staff: readonly StaffMember[]
  readonly isAdmin: boolean
  readonly onChange: (person: StaffMember) => void
  readonly onPin: (person: StaffMember) => void
}

function StaffTable({ staff, isAdmin, onChange, onPin }: StaffTableProps) {
  const { t } = useTranslation()
  const nowMs = useNow()
  const stateOf = ({ active, lockedUntilMs }: StaffMember): string => {
    if (!active) return t('staff.state.gone')
    if (lockedUntilMs === null || lockedUntilMs <= nowMs) return t('staff.state.works')
    return t('signIn.lockedFor', { wait: waitText(lockedUntilMs - nowMs) })
  }
  const columns: TableColumnsType<StaffMember> = [
    {
      key: 'name',
      title: t('staff.columns.name'),
      render: (_, person) => <strong className={person.active ? '' : 'staff-gone'}>{person.name}</strong>,
    },
    { key: 'role', title: t('staff.columns.role'), render: (_, { role }) => t(`shell.role.${role}`) },
    { key: 'state', title: t('staff.columns.state'), render: (_, person) => stateOf(person) },
    {
      key: 'keys',
      align: 'right',
      render: (_, person) =>
        isAdmin && (
          <span className="staff-keys">
            <Button
              icon={<Pencil aria-hidden="true" />}
              data-change={person.staffId}
              onClick={() => onChange(person)}
            >
              {t('staff.change')}
            </Button>
            {person.active && (
              <Button
                icon={<KeyRound aria-hidden="true" />}
                data-pin={person.staffId}
                onClick={() => onPin(person)}
              >
                {t('staff.newPin')}
              </Button>
            )}
          </span>
        ),
    },
  ]
  return (
    <Table<StaffMember>
      rowKey="staffId"
      pagination={false}
      dataSource={[...staff]}
      columns={columns}
      locale={{ emptyText: t('staff.none') }}
    />
  )
}
