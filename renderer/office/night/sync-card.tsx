import { Alert, Button, Card, Form, Input, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SyncView } from '../../../shared/contract/sync.ts'
import type { Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment } from '../../ui/format.ts'

interface SyncCardProps {
  readonly view: SyncView
  readonly language: Language
  readonly mayStart: boolean
  readonly mayEnrol: boolean
  readonly problem: string | null
  readonly onNow: () => void
  readonly onEnrol: (url: string, code: string) => void
}

/** How much of the book has reached the community server. */
export function SyncCard(props: SyncCardProps) {
  const { t } = useTranslation()
  const { view, problem } = props
  return (
    <Card size="small" title={t('night.sync.title')} data-sync={view.state}>
      {view.trouble !== null && (
        <Alert
          showIcon
          type={isGrave(view.trouble) ? 'error' : 'warning'}
          title={t(`night.sync.trouble.${view.trouble}`)}
          data-trouble={view.trouble}
        />
      )}
      {problem !== null && <Alert type="error" showIcon title={problem} data-problem />}
      {view.server === null ? <Enrolment {...props} /> : <Standing {...props} server={view.server} />}
    </Card>
  )
}

const isGrave = (trouble: NonNullable<SyncView['trouble']>): boolean =>
  trouble === 'fork' || trouble === 'book-behind-server' || trouble === 'not-accepted'

function Standing({
  view,
  server,
  language,
  mayStart,
  onNow,
}: SyncCardProps & { readonly server: NonNullable<SyncView['server']> }) {
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
    <div className="night-body">
      <p>
        {t('night.sync.server')}：<strong>{server.canteenName}</strong> <code>{server.url}</code>
      </p>
      <Progress percent={percent} status={view.state === 'running' ? 'active' : 'normal'} />
      <p data-acknowledged={acknowledged} data-entries={entries}>
        {t('night.sync.progress', { entries, acknowledged })} ·{' '}
        <strong>{waiting === 0 ? t('night.sync.all') : t('night.sync.waiting', { count: waiting })}</strong>
      </p>
      <p>
        {view.lastSuccessMs === null
          ? t('night.sync.never')
          : t('night.sync.last', { when: when(view.lastSuccessMs) })}
        {view.nextTryMs !== null && ` · ${t('night.sync.next', { when: when(view.nextTryMs) })}`}
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
          {view.state === 'running' ? t('night.sync.running') : t('night.sync.now')}
        </Button>
      )}
    </div>
  )
}

function Enrolment({ mayEnrol, onEnrol }: SyncCardProps) {
  const { t } = useTranslation()
  return (
    <div className="night-body">
      <p>{t('night.sync.notEnrolled')}</p>
      {mayEnrol && (
        <Form
          layout="vertical"
          size="large"
          onFinish={({ url, code }: { url: string; code: string }) => onEnrol(url.trim(), code.trim())}
        >
          <Form.Item name="url" label={t('night.sync.url')} rules={[{ required: true, type: 'url' }]}>
            <Input inputMode="url" data-field="url" />
          </Form.Item>
          <Form.Item name="code" label={t('night.sync.code')} rules={[{ required: true }]}>
            <Input autoComplete="off" data-field="code" />
          </Form.Item>
          <Button type="primary" htmlType="submit" className="main-key" data-action="enrol">
            {t('night.sync.enrol')}
          </Button>
        </Form>
      )}
    </div>
  )
}
