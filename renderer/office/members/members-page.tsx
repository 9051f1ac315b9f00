import { Button } from 'antd'
import { FileSpreadsheet, UserPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { goTo, officeHash } from '../../stores/place.ts'
import { Sign } from '../../ui/sign.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import type { PageProps } from '../shell/pages.ts'
import { roleReaches } from '../../../shared/domain/staff.ts'
import { useStaff } from '../../stores/staff.ts'
import { ImportPage } from './import-page.tsx'
import { editedIn, IMPORT, NEW } from './member-hash.ts'
import { MemberForm } from './member-form.tsx'
import { MemberPanel } from './member-panel.tsx'
import { MemberSearch } from './member-search.tsx'
import { ProofsRunningOut } from './proofs-running-out.tsx'
import './members.css'

/** Seniors and their cards: found at the left, seen to at the right. */
export default function MembersPage({ detail }: PageProps) {
  const { t } = useTranslation()
  const role = useStaff(({ view }) => view?.signedIn?.role)
  const mayImport = role !== undefined && roleReaches(role, 'manager')
  if (detail === IMPORT && mayImport) return <ImportPage />
  const editing = editedIn(detail)
  const memberId = editing ?? (detail === NEW ? null : detail)
  return (
    <PageFrame
      title={t('members.title')}
      lead={t('members.lead')}
      actions={
        <>
          {mayImport && (
            <Button
              size="large"
              icon={<FileSpreadsheet aria-hidden="true" />}
              data-action="import"
              onClick={() => goTo(officeHash('members', IMPORT))}
            >
              {t('memberImport.open')}
            </Button>
          )}
          <Button
            type="primary"
            size="large"
            icon={<UserPlus aria-hidden="true" />}
            data-action="register"
            onClick={() => goTo(officeHash('members', NEW))}
          >
            {t('members.register')}
          </Button>
        </>
      }
    >
      <div className="members">
        <MemberSearch memberId={memberId} />
        <section className="sheet member">
          {detail === null && (
            <>
              <ProofsRunningOut />
              <div className="page-empty">
                <Sign kind="act" />
                <p>{t('members.nobody')}</p>
              </div>
            </>
          )}
          {detail === NEW && <MemberForm key="new" member={null} />}
          {memberId !== null && (
            <MemberPanel
              key={`${memberId} ${editing === null ? 'seen' : 'edited'}`}
              memberId={memberId}
              editing={editing !== null}
            />
          )}
        </section>
      </div>
    </PageFrame>
  )
}
