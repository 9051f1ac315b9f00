import { Card } from 'antd'
import { useTranslation } from 'react-i18next'
import type { HealthItem, HealthLight, HealthPage } from '../../../shared/contract/health.ts'
import { HEALTH_CODES, type HealthCode } from '../../../shared/domain/health-codes.ts'
import type { Language } from '../../i18n/language.ts'
import { PageFrame } from '../shell/page-frame.tsx'
import { filled } from './filled.ts'
import { HealthLamp } from './lamp.tsx'
import './health.css'

interface HealthViewProps {
  readonly page: HealthPage
  readonly language: Language
}

/** How everything is, in plain words, and what to do: the worst first. */
export function HealthView({ page, language }: HealthViewProps) {
  const { t } = useTranslation()
  const items = page.items.toSorted((one, other) => RANK[one.light] - RANK[other.light])
  return (
    <PageFrame title={t('health.title')}>
      <header className="health-head" data-light={page.light}>
        <HealthLamp light={page.light} />
        <h2>{t(`health.summary.${page.light}`)}</h2>
      </header>
      <ul className="health-items">
        {items.map((item) => (
          <li key={`${item.subject}/${item.code}/${item.values['bay'] ?? ''}`}>
            <Line item={item} language={language} />
          </li>
        ))}
      </ul>
      <p className="health-foot">{t('health.about', { station: page.stationId, version: page.version })}</p>
    </PageFrame>
  )
}

const isHealthCode = (code: string): code is HealthCode => Object.hasOwn(HEALTH_CODES, code)

const RANK: Readonly<Record<HealthLight, number>> = { bad: 0, attention: 1, good: 2 }

function Line({ item, language }: { readonly item: HealthItem; readonly language: Language }) {
  const { code, light, subject, values } = item
  const words = isHealthCode(code) ? HEALTH_CODES[code] : null
  return (
    <Card size="small" className="health-item" data-subject={subject} data-code={code} data-light={light}>
      <HealthLamp light={light} />
      <div>
        <strong>{words === null ? code : filled(words.title, values, language)}</strong>
        <p>{words === null ? '' : filled(words.todo, values, language)}</p>
      </div>
    </Card>
  )
}
