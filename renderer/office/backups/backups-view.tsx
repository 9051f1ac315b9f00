import { Alert, Button, Progress, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BackupFile, BackupsView as BackupsNow } from '../../../shared/contract/backups.ts'
import type { Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment } from '../../ui/format.ts'
import { PageFrame } from '../shell/page-frame.tsx'

interface BackupsViewProps {
  readonly view: BackupsNow
  readonly language: Language
  readonly mayStart: boolean
  readonly onNow: () => void
}

const KILOBYTE = 1024
const MEGABYTE = KILOBYTE * 1024

const sizeText = (bytes: number): string =>
  bytes < MEGABYTE ? `${Math.ceil(bytes / KILOBYTE)} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`

const HASH_SHOWN = 12

/** The copies of the book, where they lie, and whether they can be trusted. */
export function BackupsView({ view, language, mayStart, onNow }: BackupsViewProps) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const when = (atMs: number) => {
    const { date, time } = writtenMoment(atMs, language, timeZone)
    return `${date} ${time}`
  }
  const { running } = view
  return (
    <PageFrame title={t('backups.title')}>
      <div className="backups" data-backups={view.files.length}>
        {view.trouble !== null && (
          <Alert
            type="error"
            showIcon
            title={t(`backups.trouble.${view.trouble}`)}
            data-trouble={view.trouble}
          />
        )}
        {view.sameDisk && <Alert type="warning" showIcon title={t('backups.sameDisk')} />}
        <div className="standing">
          <p>{t('backups.folder', { folder: view.folder })}</p>
          {running !== null && <Running running={running} />}
          {view.nextMs !== null && <p>{t('backups.next', { when: when(view.nextMs) })}</p>}
          {mayStart && (
            <Button
              size="large"
              className="main-key"
              data-action="backup-now"
              loading={running !== null}
              onClick={onNow}
            >
              {t('backups.now')}
            </Button>
          )}
        </div>
        <Table<BackupFile>
          size="small"
          rowKey="name"
          pagination={{ pageSize: 8, hideOnSinglePage: true }}
          locale={{ emptyText: t('backups.none') }}
          dataSource={[...view.files]}
          columns={[
            { title: t('backups.when'), render: (_, { takenAtMs }) => when(takenAtMs) },
            {
              title: t('backups.size'),
              align: 'right',
              render: (_, { bytes }) => sizeText(bytes),
            },
            { title: t('backups.entries'), dataIndex: 'entries', align: 'right' },
            {
              title: t('backups.proof'),
              render: (_, { headHash }) => (
                <>
                  ✓ {t('backups.verified')} <code>{headHash.slice(0, HASH_SHOWN)}</code>
                </>
              ),
            },
          ]}
        />
      </div>
    </PageFrame>
  )
}

function Running({ running }: { readonly running: NonNullable<BackupsNow['running']> }) {
  const { t } = useTranslation()
  const percent = Math.floor(running.doneShare * 100)
  return (
    <>
      <Progress percent={percent} status="active" />
      <p>
        {running.phase === 'copying'
          ? t('backups.copying', { percent })
          : t('backups.verifying', { percent })}
      </p>
    </>
  )
}
