import { Modal } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { roleReaches } from '../../../shared/domain/staff.ts'
import { codeOf } from '../../stores/office.ts'
import { useStaff } from '../../stores/staff.ts'
import { PinPad } from '../../ui/pin-pad.tsx'
import { StaffTiles } from '../sign-in/staff-tiles.tsx'
import { useProblemWords } from './problem-words.ts'

/** A manager's word for one act: who she is, and her PIN. It goes to the station with the act and is kept nowhere. */
export interface Approval {
  readonly staffId: string
  readonly pin: string
}

interface ApprovalDialogProps {
  /** The act in words: what the manager says yes to. */
  readonly children: ReactNode
  /** Does the act. A wrong PIN is said here and asked for again; any other refusal closes the dialog. */
  readonly act: (approval: Approval) => Promise<unknown>
  readonly onClose: (outcome: ApprovalOutcome) => void
}

/** `refused` carries why, for whoever asked. */
export type ApprovalOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'given-up' }
  | { readonly kind: 'refused'; readonly error: unknown }

const ABOUT_THE_PIN: readonly (string | null)[] = ['WRONG_PIN', 'LOCKED']

/** Asks a manager at this window: she picks herself and gives her PIN, whoever is signed in. */
export function ApprovalDialog({ children, act, onClose }: ApprovalDialogProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const staff = useStaff(({ view }) => view?.staff ?? [])
  const managers = staff.filter(({ role, active }) => active && roleReaches(role, 'manager'))
  const [chosen, setChosen] = useState<string | null>(
    managers.length === 1 ? (managers[0]?.staffId ?? null) : null,
  )
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [asking, setAsking] = useState(false)

  const approve = async () => {
    if (chosen === null || asking) return
    setAsking(true)
    try {
      await act({ staffId: chosen, pin })
      onClose({ kind: 'done' })
    } catch (error) {
      setPin('')
      if (ABOUT_THE_PIN.includes(codeOf(error))) setProblem(error)
      else onClose({ kind: 'refused', error })
    } finally {
      setAsking(false)
    }
  }

  return (
    <Modal
      open
      centered
      width={760}
      title={t('shell.approval.title')}
      footer={null}
      onCancel={() => onClose({ kind: 'given-up' })}
      data-dialog="approval"
    >
      <div className="approval">
        <div className="approval-left">
          <div className="approval-what">{children}</div>
          <p className="approval-who">{t('shell.approval.who')}</p>
          <StaffTiles
            staff={managers}
            chosen={chosen}
            onChoose={(staffId) => {
              setChosen(staffId)
              setPin('')
              setProblem(null)
            }}
          />
        </div>
        <div className="approval-right">
          <PinPad
            pin={pin}
            onPin={setPin}
            onDone={() => void approve()}
            disabled={chosen === null || asking}
            done={t('shell.approval.give')}
          />
          <p className="approval-problem" role="alert">
            {problem === null ? '' : words(problem)}
          </p>
        </div>
      </div>
    </Modal>
  )
}
