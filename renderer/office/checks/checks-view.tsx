import { Button, Card } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BookChecks } from '../../../shared/contract/health.ts'
import {
  BOOK_CHECKS,
  SAID,
  type BookCheckId,
  type CheckFinding,
  type CheckResult,
} from '../../../shared/domain/book-checks.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment, yuanText } from '../../ui/format.ts'
import { filled } from '../health/filled.ts'
import { HealthLamp } from '../health/lamp.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import '../health/health.css'

interface ChecksViewProps {
  readonly found: BookChecks
  readonly language: Language
  readonly busy: boolean
  readonly onNow: () => void
}

/** Every check with what it proves, and what it found: those that found something first. */
export function ChecksView({ found, language, busy, onNow }: ChecksViewProps) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const { atMs, entries, checks } = found
  const wrong = checks.filter(({ count }) => count > 0).length
  const inOrder = checks.toSorted((one, other) => Number(other.count > 0) - Number(one.count > 0))
  const when = (ms: number) =>
    Object.values(writtenMoment(ms, language, timeZone))
      .slice(0, 2)
      .join(' ')
  const key = (
    <Button size="large" className="main-key" data-action="check-now" loading={busy} onClick={onNow}>
      {t('checks.now')}
    </Button>
  )
  return (
    <PageFrame title={t('checks.title')} lead={t('checks.lead')} actions={key}>
      {atMs === null ? (
        <p className="page-empty">{t('checks.never')}</p>
      ) : (
        <>
          <header className="health-head" data-light={wrong === 0 ? 'good' : 'bad'}>
            <HealthLamp light={wrong === 0 ? 'good' : 'bad'} />
            <h2>
              {wrong === 0
                ? t('checks.good', { checks: checks.length })
                : t('checks.wrong', { count: wrong })}
            </h2>
          </header>
          <ul className="health-items">
            {inOrder.map((result) => (
              <li key={result.id}>
                <Result result={result} language={language} />
              </li>
            ))}
          </ul>
          <p className="health-foot">{t('checks.last', { when: when(atMs), entries })}</p>
        </>
      )}
    </PageFrame>
  )
}

function Result({ result, language }: { readonly result: CheckResult; readonly language: Language }) {
  const { t } = useTranslation()
  const { id, count, findings } = result
  const { title, proves } = BOOK_CHECKS[id]
  const light = count === 0 ? 'good' : 'bad'
  return (
    <Card size="small" className="health-item" data-check={id} data-light={light}>
      <HealthLamp light={light} />
      <div>
        <strong>{inWords(title, language)}</strong>
        <p>{inWords(proves, language)}</p>
        {findings.map((finding) => (
          <p key={`${finding.where} ${finding.detail?.en}`} className="check-finding">
            {wordsOf(id, finding, language)}
          </p>
        ))}
        {count > findings.length && <p>{t('checks.places', { count })}</p>}
      </div>
    </Card>
  )
}

function wordsOf(
  id: BookCheckId,
  { where, expected, found, detail }: CheckFinding,
  language: Language,
): string {
  const { found: words, unit } = BOOK_CHECKS[id]
  // A check that could not be made says so instead of two numbers.
  if (expected === null || found === null)
    return filled(SAID, { where, detail: detail === null ? '' : inWords(detail, language) }, language)
  const shown = (value: number): string | number => (unit === 'fen' ? yuanText(value) : value)
  return filled(words, { where, expected: shown(expected), found: shown(found) }, language)
}
