import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldVersion, KnownPack } from '../../../shared/contract/policy.ts'
import { station } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStation } from '../../stores/station.ts'
import '../../ui/figures.css'
import { Asked } from '../shell/asked.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import { PackChoice } from './pack-choice.tsx'
import { PublishPanel } from './publish-panel.tsx'
import { ReplayPanel } from './replay-panel.tsx'
import { QuotePanel } from './quote-panel.tsx'
import { Refused } from './refused.tsx'
import './policy.css'

const PARTS = ['replay', 'quote', 'publish'] as const
type Part = (typeof PARTS)[number]

/** A draft of the subsidy's rules, tried on a past month or on one meal; a signed one is put in force. */
export default function PolicyPage() {
  const { t } = useTranslation()
  const packs = useQuery(station.policy.packs.queryOptions({ staleTime: Infinity }))
  const today = useStation(({ view }) => view?.businessDate ?? null)
  return (
    <PageFrame title={t('policy.title')} lead={t('policy.lead')}>
      <Asked query={packs}>{(known) => (today === null ? null : <Trial {...known} today={today} />)}</Asked>
    </PageFrame>
  )
}

interface TrialProps {
  readonly packs: readonly KnownPack[]
  readonly held: readonly HeldVersion[]
  readonly canteenArea: string
  readonly today: string
}

function Trial({ packs, held, canteenArea, today }: TrialProps) {
  const { t } = useTranslation()
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const [packText, setPackText] = useState(packs[0]?.text ?? '')
  const [part, setPart] = useState<Part>('replay')
  const replay = useMutation(station.policy.replay.mutationOptions())
  const quote = useMutation(station.policy.quote.mutationOptions())
  const queries = useQueryClient()
  const publish = useMutation(
    station.policy.publish.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: station.policy.packs.key() }),
    }),
  )
  // An answer is of the draft that was asked about: with another draft it is gone.
  const choose = (text: string): void => {
    replay.reset()
    quote.reset()
    publish.reset()
    setPackText(text)
  }
  return (
    <div className="policy">
      <PackChoice packs={packs} language={language} text={packText} onText={choose} />
      <div className="policy-trial">
        <Segmented
          size="large"
          value={part}
          onChange={setPart}
          options={PARTS.map((each) => ({ value: each, label: t(`policy.part.${each}`) }))}
        />
        {part === 'replay' && (
          <ReplayPanel
            language={language}
            today={today}
            replay={replay.data ?? null}
            running={replay.isPending}
            onMonth={(month) => replay.mutate({ packText, month })}
          />
        )}
        {part === 'quote' && (
          <QuotePanel
            language={language}
            today={today}
            canteenArea={canteenArea}
            packText={packText}
            quoted={quote.data ?? null}
            running={quote.isPending}
            onMeal={(meal) => quote.mutate({ packText, meal })}
          />
        )}
        {part === 'publish' && (
          <PublishPanel
            language={language}
            held={held}
            published={publish.data ?? null}
            problem={publish.error}
            running={publish.isPending}
            onPublish={() => publish.mutate({ packText })}
          />
        )}
        {part === 'replay' && replay.error !== null && <Refused error={replay.error} />}
        {part === 'quote' && quote.error !== null && <Refused error={quote.error} />}
      </div>
    </div>
  )
}
