import { Button, Card, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScaleCheck, ScaleView } from '../../../shared/contract/metrology.ts'
import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import { gramsText } from '../../ui/format.ts'
import { Sign } from '../../ui/sign.tsx'

export interface CheckCardProps {
  readonly view: ScaleView
  /** What the scale shows now; null before the station was heard. */
  readonly reading: CounterView['scale'] | null
  /** The check that was just made here. */
  readonly result: ScaleCheck | null
  readonly onBegin: (nominalMg: number) => void
  readonly onFinish: (checkId: string) => void
  readonly onCancel: (checkId: string) => void
  readonly onDecide: (checkId: string) => void
}

/** Weights as they are sold, in milligrams. */
const USUAL_WEIGHTS_MG = [200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000]
const KILOGRAM_MG = 1_000_000

/** The check, one step after the other: which weight, the empty pan, the weight on it, the result. */
export function CheckCard(props: CheckCardProps) {
  const { t } = useTranslation()
  const { view, result } = props
  return (
    <Card size="small" title={t('scale.check.title')} data-card="check">
      {view.underWay === null ? (
        <div className="scale-check">
          {result !== null && <Result {...props} result={result} />}
          <Beginning {...props} />
        </div>
      ) : (
        <UnderWay {...props} underWay={view.underWay} />
      )}
    </Card>
  )
}

function Beginning({ view, result, onBegin }: CheckCardProps) {
  const { t } = useTranslation()
  const { minMg, maxMg, checks } = view
  const before = checks[0]?.nominalMg ?? KILOGRAM_MG
  const offered = [...new Set([...USUAL_WEIGHTS_MG, before])]
    .filter((nominalMg) => nominalMg >= minMg && nominalMg <= maxMg)
    .toSorted((one, other) => one - other)
  const usual = offered.includes(before) ? before : (offered.at(-1) ?? maxMg)
  const [chosen, setChosen] = useState(usual)
  return (
    <>
      <div className="field">
        <span className="field-label">{t('scale.check.weight')}</span>
        <Segmented
          size="large"
          value={chosen}
          options={offered.map((nominalMg) => ({
            value: nominalMg,
            label: t('scale.grams', { grams: gramsText(nominalMg) }),
          }))}
          onChange={setChosen}
        />
      </div>
      <Button
        type={result === null || result.verdict === 'failed' ? 'primary' : 'default'}
        size="large"
        className="main-key"
        data-action="begin-check"
        onClick={() => onBegin(chosen)}
      >
        {t(result === null ? 'scale.check.begin' : 'scale.check.again')}
      </Button>
    </>
  )
}

type UnderWayProps = CheckCardProps & { readonly underWay: NonNullable<ScaleView['underWay']> }

function UnderWay({ underWay, view: { bayId }, reading, onFinish, onCancel }: UnderWayProps) {
  const { t } = useTranslation()
  const { checkId, nominalMg, step } = underWay
  const grossMg = reading?.grossMg ?? null
  const rests = step === 'weigh' && reading?.state === 'ok' && grossMg !== null && grossMg * 2 > nominalMg
  const waits = t(bayId === null ? 'scale.check.counterWaits' : 'scale.check.bayWaits')
  const steps = [
    { name: 'empty', words: t('scale.check.empty'), done: step === 'weigh', now: step === 'empty' },
    {
      name: 'weigh',
      words: t('scale.check.weigh', { grams: gramsText(nominalMg) }),
      done: rests,
      now: step === 'weigh' && !rests,
    },
    { name: 'result', words: t('scale.check.result'), done: false, now: rests },
  ]
  return (
    <div className="scale-check" data-step={rests ? 'result' : step}>
      <ol className="scale-steps">
        {steps.map(({ name, words, done, now }, index) => (
          <li key={name} data-done={done} aria-current={now ? 'step' : undefined}>
            <span className="scale-step-mark" aria-hidden="true">
              {done ? '✓' : index + 1}
            </span>
            {words}
          </li>
        ))}
      </ol>
      <p className="scale-shows" data-stable={reading?.state === 'ok'}>
        <span>{t('scale.check.showsNow')}</span>
        <strong>
          {grossMg === null ? t('scale.check.noWeight') : t('scale.grams', { grams: gramsText(grossMg) })}
        </strong>
      </p>
      <p className="field-hint">{step === 'empty' ? t('scale.check.emptyHint') : waits}</p>
      <div className="scale-keys">
        <Button size="large" data-action="cancel-check" onClick={() => onCancel(checkId)}>
          {t('scale.check.cancel')}
        </Button>
        <Button
          type="primary"
          size="large"
          className="main-key"
          data-action="finish-check"
          disabled={!rests}
          onClick={() => onFinish(checkId)}
        >
          {t('scale.check.done')}
        </Button>
      </div>
    </div>
  )
}

type ResultProps = CheckCardProps & { readonly result: ScaleCheck }

function Result({ view, result, onDecide }: ResultProps) {
  const { t } = useTranslation()
  const { verdict, errorMg, permissibleMg } = result
  const off = { off: gramsText(Math.abs(errorMg)), permissible: gramsText(permissibleMg) }
  return (
    <div className="scale-result" data-verdict={verdict} role="status">
      <Sign kind={verdict === 'good' ? 'good' : 'stop'} />
      <div>
        <h3>{t(`scale.result.${verdict}`)}</h3>
        <p>
          {errorMg === 0
            ? t('scale.result.exact')
            : t(errorMg > 0 ? 'scale.result.more' : 'scale.result.less', off)}
        </p>
        <p>{t(verdict === 'good' ? 'scale.result.lift' : 'scale.result.todo')}</p>
        {view.bayId !== null && <p data-hint="pan-back">{t('scale.check.panBack')}</p>}
        {verdict === 'failed' && <Decision view={view} onDecide={onDecide} />}
      </div>
    </div>
  )
}

/** The manager's way out of a failed check, where the canteen has one. */
export function Decision({ view, onDecide }: Pick<CheckCardProps, 'view' | 'onDecide'>) {
  const { t } = useTranslation()
  const [latest] = view.checks
  if (view.lock !== 'scale-check-failed' || latest === undefined) return null
  if (view.policy.failedCheck === 'lock') return <p>{t('scale.release.onlyCheck')}</p>
  return (
    <Button size="large" data-action="decide" onClick={() => onDecide(latest.checkId)}>
      {t('scale.release.ask')}
    </Button>
  )
}
