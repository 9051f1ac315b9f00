import { Alert, Button, Card, Progress, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BackupFile, BackupsView } from '../../../shared/contract/backups.ts'
import type { Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment } from '../../ui/format.ts'

interface BackupCardProps {
  readonly view: BackupsView
  readonly language: Language
  readonly mayStart: boolean
  readonly onNow: () => void
}

const MEGABYTE = 1024 * 1024
const HASH_SHOWN = 12

/** The copies of the book, where they lie, and whether they can be trusted. */
export function BackupCard({ view, language, mayStart, onNow }: BackupCardProps) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const when = (atMs: number) => {
    const { date, time } = writtenMoment(atMs, language, timeZone)
    return `${date} ${time}`
  }
  const { running } = view
  return (
    <Card size="small" title={t('night.backup.title')} data-backups={view.files.length}>
      {view.trouble !== null && (
        <Alert
          type="error"
          showIcon
          title={t(`night.backup.trouble.${view.trouble}`)}
          data-trouble={view.trouble}
        />
      )}
      {view.sameDisk && <Alert type="warning" showIcon title={t('night.backup.sameDisk')} />}
      <div className="night-body">
        <p>{t('night.backup.folder', { folder: view.folder })}</p>
        {running !== null && <Running running={running} />}
        {view.nextMs !== null && <p>{t('night.backup.next', { when: when(view.nextMs) })}</p>}
        {mayStart && (
          <Button
            size="large"
            className="main-key"
            data-action="backup-now"
            loading={running !== null}
            onClick={onNow}
          >
            {t('night.backup.now')}
          </Button>
        )}
      </div>
      <Table<BackupFile>
        size="small"
        rowKey="name"
        pagination={{ pageSize: 8, hideOnSinglePage: true }}
        locale={{ emptyText: t('night.backup.none') }}
        dataSource={[...view.files]}
        columns={[
          { title: t('night.backup.when'), render: (_, { takenAtMs }) => when(takenAtMs) },
          {
            title: t('night.backup.size'),
            align: 'right',
            render: (_, { bytes }) => `${(bytes / MEGABYTE).toFixed(1)} MB`,
          },
          { title: t('night.backup.entries'), dataIndex: 'entries', align: 'right' },
          {
            title: t('night.backup.proof'),
            render: (_, { headHash }) => (
              <>
                ✓ {t('night.backup.verified')} <code>{headHash.slice(0, HASH_SHOWN)}</code>
              </>
            ),
          },
        ]}
      />
    </Card>
  )
}

function Running({ running }: { readonly running: NonNullable<BackupsView['running']> }) {
  const { t } = useTranslation()
  const percent = Math.floor(running.doneShare * 100)
  return (
    <>
      <Progress percent={percent} status="active" />
      <p>
        {running.phase === 'copying'
          ? t('night.backup.copying', { percent })
          : t('night.backup.verifying', { percent })}
      </p>
    </>
  )
}
