import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Input, InputNumber, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScalePlate, TrialEvent } from '../../../shared/contract/devices.ts'
import type { Candidate } from '../../../shared/contract/found-device.ts'
import { codeOf, station } from '../../stores/office.ts'
import { Field } from '../shell/field.tsx'
import { useProblemWords } from '../shell/problem-words.ts'

interface TryDialogProps {
  readonly path: string
  readonly candidate: Candidate
  readonly plate: ScalePlate | null
  readonly busy: boolean
  readonly onChoose: (unit: 'kg' | 'g', plate: ScalePlate | null) => void
  readonly onClose: () => void
}

const EMPTY_PLATE: ScalePlate = {
  id: '',
  maxGrams: 15_000,
  minGrams: 100,
  divisionGrams: 5,
  verifiedUntil: '',
}

/** Shows what the device says now, as the counter would hear it, and asks whether that is right. */
export function TryDialog({ path, candidate, plate, busy, onChoose, onClose }: TryDialogProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const [unit, setUnit] = useState<'kg' | 'g'>(candidate.evidence.last?.['unit'] === 'g' ? 'g' : 'kg')
  const [written, setWritten] = useState<ScalePlate>(plate ?? EMPTY_PLATE)
  const isScale = candidate.kind === 'scale'
  const { protocol, line } = candidate
  const heard = useQuery({
    ...station.devices.tryOut.experimental_liveOptions({ input: { path, protocol, line, unit } }),
    retry: false,
    gcTime: 0,
  })
  const complete = !isScale || (written.id.trim() !== '' && /^\d{4}-\d\d-\d\d$/.test(written.verifiedUntil))
  return (
    <Modal
      open
      centered
      width={680}
      title={t('devices.tryTitle', { title: candidate.title })}
      onCancel={onClose}
      footer={[
        <Button key="no" size="large" data-action="leave" onClick={onClose}>
          {t('devices.notYet')}
        </Button>,
        <Button
          key="yes"
          type="primary"
          size="large"
          data-action="choose"
          loading={busy}
          disabled={!complete || heard.data === undefined}
          onClick={() => onChoose(unit, isScale ? written : null)}
        >
          {t(isScale ? 'devices.choose' : 'devices.chooseReader')}
        </Button>,
      ]}
    >
      <div className="try-dialog" data-dialog="try">
        <p>{t(`devices.tryWords.${candidate.kind}`)}</p>
        {heard.error !== null && (
          <Alert
            type="error"
            showIcon
            title={codeOf(heard.error) === 'PORT_IN_USE' ? t('devices.inUse') : words(heard.error)}
          />
        )}
        <Said heard={heard.data ?? null} isScale={isScale} />
        {isScale && (
          <>
            <Field label={t('devices.unit')}>
              <Segmented<'kg' | 'g'>
                size="large"
                value={unit}
                onChange={setUnit}
                options={[
                  { value: 'kg', label: t('devices.unitKg') },
                  { value: 'g', label: t('devices.unitG') },
                ]}
              />
            </Field>
            <Plate plate={written} onChange={setWritten} />
          </>
        )}
      </div>
    </Modal>
  )
}

const MG_PER_KG = 1_000_000

/** The big number, or in words why there is none. */
function Said({ heard, isScale }: { readonly heard: TrialEvent | null; readonly isScale: boolean }) {
  const { t } = useTranslation()
  if (heard === null)
    return (
      <output className="try-said">
        <strong>—</strong>
        <span>{t(isScale ? 'devices.tryWaiting' : 'devices.tryNoCard')}</span>
      </output>
    )
  if (heard.kind === 'id-card')
    return (
      <output className="try-said" data-card="card">
        <strong>✓</strong>
        <span>{t('devices.tryIdCard')}</span>
      </output>
    )
  if (heard.kind !== 'reading')
    return (
      <output className="try-said" data-card={heard.kind}>
        <strong>{heard.kind === 'card' ? heard.uid : '—'}</strong>
        <span>{heard.kind === 'card' ? '' : t('devices.tryNoCard')}</span>
      </output>
    )
  const { state, weightMg } = heard
  return (
    <output className="try-said" data-state={state}>
      <strong>{weightMg === null ? '—' : `${(weightMg / MG_PER_KG).toFixed(3)} kg`}</strong>
      <span>{isState(state) ? t(`devices.state.${state}`) : t('devices.tryNoWeight')}</span>
    </output>
  )
}

const STATES = [
  'ok',
  'unstable',
  'negative',
  'overload',
  'underload',
  'not-zeroed',
  'tared',
  'stale',
  'disconnected',
] as const
const isState = (state: string): state is (typeof STATES)[number] => STATES.some((known) => known === state)

interface PlateProps {
  readonly plate: ScalePlate
  readonly onChange: (plate: ScalePlate) => void
}

const WEIGHTS = ['maxGrams', 'minGrams', 'divisionGrams'] as const

/** What nothing on the line says, and stands on the scale. */
function Plate({ plate, onChange }: PlateProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="try-plate">
      <legend>{t('devices.plateTitle')}</legend>
      <Field label={t('devices.plate.id')}>
        <Input
          size="large"
          value={plate.id}
          data-field="id"
          onChange={({ target }) => onChange({ ...plate, id: target.value })}
        />
      </Field>
      {WEIGHTS.map((name) => (
        <Field key={name} label={t(`devices.plate.${name}`)}>
          <InputNumber
            size="large"
            min={0.001}
            value={plate[name]}
            data-field={name}
            onChange={(value) => onChange({ ...plate, [name]: value ?? plate[name] })}
          />
        </Field>
      ))}
      <Field label={t('devices.plate.verifiedUntil')}>
        <Input
          size="large"
          placeholder="2027-03-31"
          inputMode="numeric"
          value={plate.verifiedUntil}
          data-field="verifiedUntil"
          onChange={({ target }) => onChange({ ...plate, verifiedUntil: target.value })}
        />
      </Field>
    </fieldset>
  )
}
