import { Input } from 'antd'
import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Field } from '../shell/field.tsx'
import { idNumberState } from './member-draft.ts'

interface IdNumberFieldProps {
  readonly idNumber: string
  /** The number that is in the book already, masked; it stays when nothing is written here. */
  readonly kept: string | null
  readonly tried: boolean
  readonly onIdNumber: (idNumber: string) => void
}

/** The identity number, checked with each character: how many are missing, what is wrong, or that it is right. */
export function IdNumberField({ idNumber, kept, tried, onIdNumber }: IdNumberFieldProps) {
  const { t } = useTranslation()
  const state = idNumberState(idNumber)
  const problem =
    state.kind === 'fault'
      ? t(`members.form.idFault.${state.fault}`)
      : state.kind === 'unfinished' && tried
        ? t('members.form.idMissing', { count: state.missing })
        : null
  const hint =
    state.kind === 'right' ? (
      <span className="id-right">
        <CircleCheck aria-hidden="true" />
        {t('members.form.idRight')}
      </span>
    ) : state.kind === 'unfinished' ? (
      t('members.form.idMissing', { count: state.missing })
    ) : kept === null ? (
      t('members.form.idHint')
    ) : (
      t('members.form.kept', { value: kept })
    )
  return (
    <Field label={t('members.form.idNumber')} problem={problem} hint={hint}>
      <Input
        size="large"
        autoComplete="off"
        maxLength={22}
        status={problem === null ? '' : 'error'}
        value={idNumber}
        aria-label={t('members.form.idNumber')}
        onChange={(event) => onIdNumber(event.target.value)}
      />
    </Field>
  )
}
