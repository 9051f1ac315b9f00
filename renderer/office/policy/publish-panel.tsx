import { Alert, Button, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { PACK_NOT_TAKEN, type HeldVersion } from '../../../shared/contract/policy.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { codeOf } from '../../stores/office.ts'
import { dataOf } from '../shell/problem-words.ts'
import { Refused } from './refused.tsx'

export interface PublishedPack {
  readonly version: number
  readonly holdsFrom: string
  readonly own: boolean
}

interface PublishPanelProps {
  readonly language: Language
  readonly held: readonly HeldVersion[]
  /** Null before one was handed in. */
  readonly published: PublishedPack | null
  readonly problem: Error | null
  readonly running: boolean
  readonly onPublish: () => void
}

/** The packs of this canteen's book, and the way of a signed one into it. */
export function PublishPanel(props: PublishPanelProps) {
  const { language, held, published, problem, running, onPublish } = props
  const { t } = useTranslation()
  return (
    <>
      <p className="policy-hint">{t('policy.publish.hint')}</p>
      <Button
        size="large"
        type="primary"
        className="policy-ask"
        data-action="publish"
        loading={running}
        onClick={onPublish}
      >
        {t('policy.publish.start')}
      </Button>
      {published !== null && (
        <Alert
          type={published.own ? 'success' : 'warning'}
          showIcon
          data-published={published.holdsFrom}
          title={t(published.own ? 'policy.publish.done' : 'policy.publish.otherPack', {
            version: published.version,
            date: published.holdsFrom,
          })}
        />
      )}
      {problem !== null && <NotTaken problem={problem} />}
      <section className="report-table" data-table="held">
        <h3>{t('policy.publish.held')}</h3>
        <Table
          size="small"
          pagination={false}
          rowKey={({ id, version }) => `${id}/${version}`}
          dataSource={[...held]}
          columns={[
            { title: t('policy.publish.pack'), render: (_, { title }) => inWords(title, language) },
            { title: t('policy.publish.version'), dataIndex: 'version', align: 'right', width: 80 },
            {
              title: t('policy.publish.holds'),
              render: (_, { effectiveFrom, effectiveTo }) =>
                effectiveTo === null
                  ? t('policy.publish.open', { from: effectiveFrom })
                  : `${effectiveFrom} – ${effectiveTo}`,
            },
            {
              title: t('policy.publish.signedBy'),
              render: (_, { signedBy }) =>
                signedBy === null ? t('policy.publish.program') : <code>{signedBy.slice(0, 8)}…</code>,
            },
            {
              title: t('policy.publish.state'),
              render: (_, { standing }) => (
                <span className="policy-standing" data-standing={standing}>
                  {t(`policy.publish.standing.${standing}`)}
                </span>
              ),
            },
          ]}
        />
      </section>
    </>
  )
}

/** Why it was not taken; the pack that holds goes on holding. */
function NotTaken({ problem }: { readonly problem: Error }) {
  const { t } = useTranslation()
  const why = PACK_NOT_TAKEN.find((word) => word === dataOf(problem)['why'])
  if (codeOf(problem) !== 'PACK_NOT_TAKEN' || why === undefined) return <Refused error={problem} />
  return (
    <Alert
      type="error"
      showIcon
      data-not-taken={why}
      title={t(`policy.publish.why.${why}`)}
      description={t('policy.publish.lastHolds')}
    />
  )
}
