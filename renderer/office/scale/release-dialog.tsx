import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { uuidv7 } from 'uuidv7'
import { stationNow } from '../../stores/office.ts'
import { Field } from '../shell/field.tsx'
import { FocusedInput } from '../shell/focused-input.tsx'
import { useApproval } from '../shell/use-approval.tsx'

interface ReleaseDialogProps {
  readonly checkId: string
  readonly scaleId: string
  readonly problemOf: (error: unknown) => string
  readonly onClose: (released: boolean) => void
}

/** A manager's decision to sell today from a scale that failed, and why: on the book (SPEC MT-8). */
export function ReleaseDialog({ checkId, scaleId, problemOf, onClose }: ReleaseDialogProps) {
  const { t } = useTranslation()
  const approval = useApproval()
  /** Made once for this dialog: pressing twice decides once. */
  const [releaseId] = useState(uuidv7)
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const decide = async () => {
    setProblem(null)
    const outcome = await approval.ask(t('scale.release.about', { scale: scaleId }), (given) =>
      stationNow.metrology.release({ releaseId, checkId, note: note.trim(), approval: given }),
    )
    if (outcome.kind === 'done') onClose(true)
    if (outcome.kind === 'refused') setProblem(problemOf(outcome.error))
  }
  return (
    <Modal
      open
      centered
      title={t('scale.release.title')}
      onCancel={() => onClose(false)}
      data-dialog="release"
      footer={[
        <Button key="no" size="large" onClick={() => onClose(false)}>
          {t('scale.release.no')}
        </Button>,
        <Button
          key="yes"
          type="primary"
          size="large"
          data-action="release"
          disabled={note.trim() === ''}
          onClick={() => void decide()}
        >
          {t('scale.release.yes')}
        </Button>,
      ]}
    >
      <p>{t('scale.release.words')}</p>
      <Field label={t('scale.release.note')}>
        <FocusedInput
          size="large"
          maxLength={200}
          value={note}
          placeholder={t('scale.release.noteHint')}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      {problem !== null && <Alert type="error" showIcon title={problem} data-problem />}
      {approval.dialog}
    </Modal>
  )
}
