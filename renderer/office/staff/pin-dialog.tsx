import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StaffMember } from '../../../shared/contract/staff.ts'
import type { StaffRole } from '../../../shared/domain/staff.ts'
import { stationNow } from '../../stores/office.ts'
import { PinPad } from '../../ui/pin-pad.tsx'
import { useProblemWords } from '../shell/problem-words.ts'
import { useNotice } from '../shell/use-notice.tsx'

/** Whose PIN is chosen: one's own, a colleague's new one, or that of somebody who is being added. */
export type PinPurpose =
  | { readonly kind: 'own' }
  | { readonly kind: 'reset'; readonly person: StaffMember }
  | { readonly kind: 'add'; readonly name: string; readonly role: StaffRole }

interface PinDialogProps {
  readonly purpose: PinPurpose
  readonly onClose: () => void
}

type Step = 'old' | 'new' | 'again'

/** A PIN, twice; one's own only with the old one before it. */
export function PinDialog({ purpose, onClose }: PinDialogProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const { done } = useNotice()
  const first: Step = purpose.kind === 'own' ? 'old' : 'new'
  const [step, setStep] = useState<Step>(first)
  const [keyed, setKeyed] = useState({ old: '', new: '' })
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)

  const startAnew = (why: string) => {
    setStep(first)
    setKeyed({ old: '', new: '' })
    setProblem(why)
  }
  const save = async () => {
    setSaving(true)
    try {
      await setPinFor(purpose, keyed.old, pin)
      done(t(`staff.pin.done.${purpose.kind}`, { name: nameOf(purpose) }))
      onClose()
    } catch (error) {
      startAnew(words(error))
    } finally {
      setSaving(false)
    }
  }
  const next = () => {
    setPin('')
    setProblem(null)
    if (step === 'old') {
      setKeyed({ old: pin, new: '' })
      setStep('new')
    } else if (step === 'new') {
      setKeyed({ ...keyed, new: pin })
      setStep('again')
    } else if (pin === keyed.new) void save()
    else startAnew(t('signIn.first.differ'))
  }

  return (
    <Modal
      open
      centered
      width={480}
      title={t(`staff.pin.title.${purpose.kind}`, { name: nameOf(purpose) })}
      footer={null}
      onCancel={onClose}
    >
      <div className="pin-dialog" data-dialog="pin" data-step={step}>
        <h3>{t(`staff.pin.step.${step}`)}</h3>
        <PinPad
          pin={pin}
          onPin={setPin}
          onDone={next}
          disabled={saving}
          done={t(step === 'again' ? 'staff.pin.save' : 'signIn.first.next')}
        />
        <p className="pin-dialog-problem" role="alert">
          {problem}
        </p>
        <p className="pin-dialog-rules">{t('staff.pin.rules')}</p>
      </div>
    </Modal>
  )
}

const nameOf = (purpose: PinPurpose): string =>
  purpose.kind === 'own' ? '' : purpose.kind === 'reset' ? purpose.person.name : purpose.name

async function setPinFor(purpose: PinPurpose, oldPin: string, pin: string): Promise<void> {
  switch (purpose.kind) {
    case 'own':
      await stationNow.staff.changeOwnPin({ oldPin, newPin: pin })
      return
    case 'reset':
      await stationNow.staff.resetPin({ staffId: purpose.person.staffId, pin })
      return
    case 'add':
      await stationNow.staff.add({ name: purpose.name, role: purpose.role, pin })
  }
}
