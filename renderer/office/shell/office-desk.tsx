import { Button, Modal } from 'antd'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { StaffRole } from '../../../shared/domain/staff.ts'
import { goTo, leaveAnyway, officeHash, useLeaving } from '../../stores/place.ts'
import { Sign } from '../../ui/sign.tsx'
import { pagesFor } from './pages.ts'

interface OfficeDeskProps {
  readonly role: StaffRole
  readonly page: string
  readonly detail: string | null
}

/** The page that the address names, if this person may see it. */
export function OfficeDesk({ role, page, detail }: OfficeDeskProps) {
  const { t } = useTranslation()
  const shown = pagesFor(role).find(({ name }) => name === page)
  return (
    <main className="office-page" data-page={page}>
      {shown === undefined ? (
        <div className="asked-trouble">
          <Sign kind="act" />
          <p>{t('shell.noSuchPage')}</p>
          <Button size="large" onClick={() => goTo(officeHash('menu'))}>
            {t('shell.toMenu')}
          </Button>
        </div>
      ) : (
        <Suspense fallback={null}>
          <shown.Page detail={detail} />
        </Suspense>
      )}
      <LeavingDialog />
    </main>
  )
}

/** Unsaved work is asked about before it is lost. */
function LeavingDialog() {
  const { t } = useTranslation()
  const wanted = useLeaving((leaving) => leaving.wanted)
  const stay = () => useLeaving.setState({ wanted: null })
  return (
    <Modal
      open={wanted !== null}
      centered
      title={t('shell.leaving.title')}
      onCancel={stay}
      footer={[
        <Button key="leave" size="large" danger onClick={leaveAnyway}>
          {t('shell.leaving.leave')}
        </Button>,
        <Button key="stay" size="large" type="primary" onClick={stay}>
          {t('shell.leaving.stay')}
        </Button>,
      ]}
    >
      <p>{t('shell.leaving.words')}</p>
    </Modal>
  )
}
