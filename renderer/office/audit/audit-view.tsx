import { Button, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AuditLine } from '../../../shared/contract/staff.ts'
import { auditZh } from '../../i18n/zh-CN/audit.ts'
import type { Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment } from '../../ui/format.ts'
import { usePaidByWords } from '../members/payer-words.ts'
import { PageFrame } from '../shell/page-frame.tsx'

interface AuditViewProps {
  readonly lines: readonly AuditLine[]
  readonly loading: boolean
  readonly more: boolean
  readonly language: Language
  readonly onMore: () => void
}

type KnownAct = keyof typeof auditZh.act
const isKnownAct = (act: string): act is KnownAct => Object.hasOwn(auditZh.act, act)

/** Who did what, newest first. */
export function AuditView({ lines, loading, more, language, onMore }: AuditViewProps) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const paidByWords = usePaidByWords()
  return (
    <PageFrame title={t('audit.title')}>
      <Table<AuditLine>
        size="small"
        loading={loading}
        rowKey={({ origin, seq }) => `${origin}/${seq}`}
        pagination={false}
        locale={{ emptyText: t('audit.empty') }}
        dataSource={[...lines]}
        columns={[
          {
            title: t('audit.when'),
            render: (_, { atMs }) => {
              const { date, time } = writtenMoment(atMs, language, timeZone)
              return `${date} ${time}`
            },
          },
          { title: t('audit.who'), dataIndex: 'actorName' },
          {
            title: t('audit.what'),
            render: (_, { act }) => (isKnownAct(act) ? t(`audit.act.${act}` as 'audit.act.signed-in') : act),
          },
          {
            title: t('audit.subject'),
            render: (_, { subject, paidBy }) => (
              <span className="long-word">
                {subject ?? ''}
                {paidBy === null ? '' : ` · ${paidByWords(paidBy)}`}
              </span>
            ),
          },
          { title: t('audit.approvedBy'), render: (_, { approvedByName }) => approvedByName ?? '' },
        ]}
      />
      {more && (
        <Button size="large" block data-action="more" onClick={onMore}>
          {t('audit.more')}
        </Button>
      )}
    </PageFrame>
  )
}
