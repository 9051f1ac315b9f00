import { Plug, Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { BayDevice, TrialDevice, TrialView } from '../../shared/contract/trial.ts'

/** What the panel's hands do. Each resolves to whether it was done. */
export interface TrialHands {
  placePlate(foodMg: number): Promise<boolean>
  removePlate(): Promise<boolean>
  tapCard(uid: string): Promise<boolean>
  setPlugged(device: TrialDevice, plugged: boolean): Promise<boolean>
  /** `bayId` null is the exit, which has a reader alone. */
  setBayPlugged(bayId: string | null, device: BayDevice, plugged: boolean): Promise<boolean>
  tapBay(bayId: string | null, uid: string): Promise<boolean>
  /** Negative puts back. */
  takeFood(bayId: string, takenMg: number): Promise<boolean>
  refillPan(bayId: string): Promise<boolean>
  setHand(bayId: string, inPan: boolean): Promise<boolean>
  setPaper(hasPaper: boolean): Promise<boolean>
}

export interface PartProps {
  readonly view: TrialView
  readonly hands: TrialHands
  readonly act: (done: Promise<boolean>) => void
}

interface PartHeadProps {
  readonly device: TrialDevice
  readonly plugged: boolean
  readonly state: string
  readonly hands: TrialHands
  readonly act: (done: Promise<boolean>) => void
}

/** A device's name, what it does now, and its plug. */
export function PartHead({ device, plugged, state, hands, act }: PartHeadProps) {
  const { t } = useTranslation()
  const Icon = plugged ? Plug : Unplug
  return (
    <div className="trial-head">
      <h2>{t(`trial.${device}`)}</h2>
      <p className="trial-state">{state}</p>
      <p className={plugged ? 'trial-plug' : 'trial-plug trial-unplugged'}>
        <Icon aria-hidden="true" /> {t(plugged ? 'trial.plugged' : 'trial.unplugged')}
      </p>
      <button
        type="button"
        className="trial-key trial-plug-key"
        data-plug={device}
        onClick={() => act(hands.setPlugged(device, !plugged))}
      >
        {t(plugged ? 'trial.unplug' : 'trial.plug')}
      </button>
    </div>
  )
}
