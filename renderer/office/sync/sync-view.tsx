import { Alert, Button, Form, Input, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SyncView as SyncNow } from '../../../shared/contract/sync.ts'
import type { Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment } from '../../ui/format.ts'
import { PageFrame } from '../shell/page-frame.tsx'

interface SyncViewProps {
  readonly view: SyncNow
  readonly language: Language
  readonly mayStart: boolean
  readonly mayEnrol: boolean
  readonly busy: boolean
  readonly problem: string | null
  readonly onNow: () => void
  readonly onEnrol: (url: string, code: string) => void
}

/** How much of the book has reached the community server. */
export function SyncView(props: SyncViewProps) {
  const { t } = useTranslation()
  const { view, problem } = props
  return (
    <PageFrame title={t('sync.title')}>
      <div className="sync" data-sync={view.state}>
        {view.trouble !== null && (
          <Alert
            showIcon
            type={isGrave(view.trouble) ? 'error' : 'warning'}
            title={t(`sync.trouble.${view.trouble}`)}
            data-trouble={view.trouble}
          />
        )}
        {problem !== null && <Alert type="error" showIcon title={problem} data-problem />}
        {view.server === null ? <Enrolment {...props} /> : <Standing {...props} server={view.server} />}
      </div>
    </PageFrame>
  )
}

const isGrave = (trouble: NonNullable<SyncNow['trouble']>): boolean =>
  trouble === 'fork' || trouble === 'book-behind-server' || trouble === 'not-accepted'

function Standing({
  view,
  server,
  language,
  mayStart,
  onNow,
}: SyncViewProps & { readonly server: NonNullable<SyncNow['server']> }) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const when = (atMs: number) => {
    const { date, time } = writtenMoment(atMs, language, timeZone)
    return `${date} ${time}`
  }
  const { entries, acknowledged } = view
  const waiting = entries - acknowledged
  const percent = entries === 0 ? 100 : Math.floor((acknowledged * 100) / entries)
  return (
    <div className="standing">
      <p>
        {t('sync.server')}：<strong>{server.canteenName}</strong> <code>{server.url}</code>
      </p>
      <Progress percent={percent} status={view.state === 'running' ? 'active' : 'normal'} />
      <p data-acknowledged={acknowledged} data-synced={waiting === 0 && entries > 0 ? 'all' : 'not-yet'}>
        {t('sync.progress', { entries, acknowledged })} ·{' '}
        <strong>{waiting === 0 ? t('sync.all') : t('sync.waiting', { count: waiting })}</strong>
      </p>
      <p>
        {view.lastSuccessMs === null ? t('sync.never') : t('sync.last', { when: when(view.lastSuccessMs) })}
        {view.nextTryMs !== null && ` · ${t('sync.next', { when: when(view.nextTryMs) })}`}
      </p>
      {mayStart && (
        <Button
          type="primary"
          size="large"
          className="main-key"
          data-action="sync-now"
          loading={view.state === 'running'}
          onClick={onNow}
        >
          {view.state === 'running' ? t('sync.running') : t('sync.now')}
        </Button>
      )}
    </div>
  )
}

function Enrolment({ mayEnrol, busy, onEnrol }: SyncViewProps) {
  const { t } = useTranslation()
  return (
    <div className="standing">
      <p>{t('sync.notEnrolled')}</p>
      {mayEnrol && (
        <Form
          layout="vertical"
          size="large"
          onFinish={({ url, code }: { url: string; code: string }) => onEnrol(url.trim(), code.trim())}
        >
          <Form.Item name="url" label={t('sync.url')} rules={[{ required: true, type: 'url' }]}>
            <Input inputMode="url" data-field="url" />
          </Form.Item>
          <Form.Item name="code" label={t('sync.code')} rules={[{ required: true }]}>
            <Input autoComplete="off" data-field="code" />
          </Form.Item>
          <Button type="primary" htmlType="submit" className="main-key" loading={busy} data-action="enrol">
            {t('sync.enrol')}
          </Button>
        </Form>
      )}
    </div>
  )
}
