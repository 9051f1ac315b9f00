import { useQuery } from '@tanstack/react-query'
import { Button, Modal, Segmented } from 'antd'
import { FileDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail } from '../../../shared/contract/members.ts'
import type { Statement, StatementLanguage } from '../../../shared/contract/wallets.ts'
import { addDays } from '../../../shared/domain/calendar.ts'
import { LANGUAGES } from '../../i18n/language.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { Amount } from '../../ui/amount.tsx'
import { yuanText } from '../../ui/format.ts'
import { Asked } from '../shell/asked.tsx'
import { useProblemWords } from '../shell/problem-words.ts'

const SPANS = ['month', 'monthBefore', 'quarter'] as const
type Span = (typeof SPANS)[number]

/** First and last day of what is asked for. @param today the business date, YYYY-MM-DD */
function datesOf(span: Span, today: string): { readonly from: string; readonly to: string } {
  const first = `${today.slice(0, 7)}-01`
  switch (span) {
    case 'month':
      return { from: first, to: today }
    case 'monthBefore': {
      const last = addDays(first, -1)
      return { from: `${last.slice(0, 7)}-01`, to: last }
    }
    case 'quarter':
      return { from: addDays(today, -90), to: today }
  }
}

interface StatementDialogProps {
  readonly member: MemberDetail
  readonly today: string
  readonly onClose: () => void
}

/** Her account on paper, in large type: which months, in which language, what it will say, and the key that makes the PDF. */
export function StatementDialog({ member, today, onClose }: StatementDialogProps) {
  const { t, i18n } = useTranslation()
  const [span, setSpan] = useState<Span>('month')
  const [language, setLanguage] = useState<StatementLanguage>(i18n.language === 'en' ? 'en' : 'zh-CN')
  const input = { memberId: member.memberId, ...datesOf(span, today) }
  const query = useQuery(station.wallets.statement.queryOptions({ input }))
  const { save, saving, told } = useSaving()
  return (
    <Modal
      open
      centered
      width={640}
      title={t('members.statement.title', { name: member.fullName })}
      onCancel={onClose}
      footer={
        <div className="dialog-foot">
          <span className="dialog-problem" role="status">
            {told}
          </span>
          <Button
            type="primary"
            size="large"
            icon={<FileDown aria-hidden="true" />}
            loading={saving}
            data-action="save-statement"
            onClick={() => void save({ ...input, language })}
          >
            {t('members.statement.save')}
          </Button>
        </div>
      }
    >
      <div className="question" data-dialog="statement">
        <div className="statement-choice">
          <Segmented
            value={span}
            options={SPANS.map((value) => ({ value, label: t(`members.statement.span.${value}`) }))}
            onChange={setSpan}
          />
          <Segmented
            value={language}
            options={LANGUAGES.map((value) => ({
              value,
              label: t(`members.statement.in.${value}`),
            }))}
            onChange={setLanguage}
          />
        </div>
        <Asked query={query} rows={4}>
          {(statement) => <Sums statement={statement} />}
        </Asked>
      </div>
    </Modal>
  )
}

function Sums({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation()
  const { from, to, openingFen, inFen, outFen, closingFen, lines } = statement
  const rows = [
    ['opening', openingFen],
    ['paidIn', inFen],
    ['paidOut', -outFen],
  ] as const
  return (
    <div className="statement-sums" data-lines={lines.length}>
      <p>
        {t('members.statement.dates', { from, to })} ·{' '}
        {lines.length === 0
          ? t('members.statement.none')
          : t('members.statement.lines', { count: lines.length })}
      </p>
      <dl>
        {rows.map(([name, fen]) => (
          <div key={name}>
            <dt>{t(`members.statement.${name}`)}</dt>
            <dd>{yuanText(fen)}</dd>
          </div>
        ))}
        <div className="statement-closing">
          <dt>{t('members.statement.closing')}</dt>
          <dd>
            <Amount fen={closingFen} size="line" />
          </dd>
        </div>
      </dl>
    </div>
  )
}

function useSaving() {
  const { t } = useTranslation()
  const words = useProblemWords()
  const [saving, setSaving] = useState(false)
  const [told, setTold] = useState<string | null>(null)
  const save = async (input: Parameters<typeof stationNow.wallets.printStatement>[0]) => {
    setSaving(true)
    try {
      const { path } = await stationNow.wallets.printStatement(input)
      setTold(t('reports.exported', { path }))
    } catch (error) {
      const code = codeOf(error)
      setTold(
        code === 'NO_PRINTER'
          ? t('shell.receipt.noPrinter')
          : code === 'CANNOT_WRITE'
            ? t('reports.exportFailed.CANNOT_WRITE')
            : words(error),
      )
    } finally {
      setSaving(false)
    }
  }
  return { save, saving, told }
}
