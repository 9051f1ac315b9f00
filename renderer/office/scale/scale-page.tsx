import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScaleCheck } from '../../../shared/contract/metrology.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStation } from '../../stores/station.ts'
import { PlaceChoice } from './place-choice.tsx'
import { Asked } from '../shell/asked.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import { useProblemWords } from '../shell/problem-words.ts'
import { useNotice } from '../shell/use-notice.tsx'
import { ReleaseDialog } from './release-dialog.tsx'
import { ScaleView } from './scale-view.tsx'

const OWN_WORDS = ['NOT_NOW', 'NOT_A_CHECK_WEIGHT', 'NOT_UNDER_WAY', 'NOT_TO_RELEASE', 'NOT_YET'] as const

/** The counter's scale, and where there are bays also theirs. */
export default function ScalePage() {
  const [place, setPlace] = useState<string | null>(null)
  const setUp = useQuery(station.bays.setUp.queryOptions())
  const bayIds = setUp.data?.bayIds ?? []
  const choice = bayIds.length === 0 ? null : <PlaceChoice bayIds={bayIds} place={place} onPlace={setPlace} />
  return <ScaleAt key={place} place={place} choice={choice} />
}

interface ScaleAtProps {
  /** A bay's id; null is the counter. */
  readonly place: string | null
  readonly choice: ReactNode
}

/** Checks one scale with a known weight, shows how it drifts, and asks a manager about one that failed. */
function ScaleAt({ place, choice }: ScaleAtProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const notice = useNotice()
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const reading = useReading(place)
  const scale = useQuery(station.metrology.watch.experimental_liveOptions({ input: { bayId: place } }))
  const [result, setResult] = useState<ScaleCheck | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [deciding, setDeciding] = useState<string | null>(null)

  const problemOf = (error: unknown): string => {
    const own = OWN_WORDS.find((code) => code === codeOf(error))
    return own === undefined ? words(error) : t(`scale.refused.${own}`)
  }
  const act = async (step: () => Promise<unknown>) => {
    setProblem(null)
    try {
      await step()
    } catch (error) {
      setProblem(problemOf(error))
    }
  }

  return (
    <Asked query={scale}>
      {(view) =>
        view === null ? (
          <PageFrame title={t('scale.title')} lead={t('scale.none')} actions={choice}>
            {null}
          </PageFrame>
        ) : (
          <>
            <ScaleView
              view={view}
              reading={reading}
              result={result}
              problem={problem}
              choice={choice}
              language={language}
              onBegin={(nominalMg) =>
                void act(async () => {
                  setResult(null)
                  await stationNow.metrology.beginCheck({ nominalMg, bayId: place ?? undefined })
                })
              }
              onFinish={(checkId) =>
                void act(async () => setResult(await stationNow.metrology.finishCheck({ checkId })))
              }
              onCancel={(checkId) => void act(() => stationNow.metrology.cancelCheck({ checkId }))}
              onDecide={setDeciding}
            />
            {deciding !== null && (
              <ReleaseDialog
                checkId={deciding}
                scaleId={view.scaleId}
                problemOf={problemOf}
                onClose={(released) => {
                  setDeciding(null)
                  if (released) notice.done(t('scale.release.done'))
                }}
              />
            )}
          </>
        )
      }
    </Asked>
  )
}

/** What the chosen scale shows now. */
function useReading(place: string | null) {
  const counter = useStation(({ view }) => view?.scale ?? null)
  const bays = useQuery(station.bays.watch.experimental_liveOptions({ enabled: place !== null }))
  if (place === null) return counter
  const grossMg = bays.data?.bays.find(({ bayId }) => bayId === place)?.panMg ?? null
  // The bays tell of weights at rest alone.
  return { state: grossMg === null ? ('unstable' as const) : ('ok' as const), grossMg }
}
