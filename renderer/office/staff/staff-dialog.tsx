import { useMutation } from '@tanstack/react-query'
import { Radio, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StaffMember } from '../../../shared/contract/staff.ts'
import { STAFF_ROLES, type StaffRole } from '../../../shared/domain/staff.ts'
import { codeOf, station } from '../../stores/office.ts'
import { Field } from '../shell/field.tsx'
import { FocusedInput } from '../shell/focused-input.tsx'
import { useProblemWords } from '../shell/problem-words.ts'
import { ActDialog } from '../shell/act-dialog.tsx'
import { useNotice } from '../shell/use-notice.tsx'
import { PinDialog } from './pin-dialog.tsx'

interface StaffDialogProps {
  /** Null for somebody new; she then gets a PIN in the next step. */
  readonly person: StaffMember | null
  readonly onClose: () => void
}

/** A name and a role; for somebody who left, that she no longer works here. */
export function StaffDialog({ person, onClose }: StaffDialogProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const { done } = useNotice()
  const [name, setName] = useState(person?.name ?? '')
  const [role, setRole] = useState<StaffRole>(person?.role ?? 'cashier')
  const [active, setActive] = useState(person?.active ?? true)
  const [tried, setTried] = useState(false)
  const [choosesPin, setChoosesPin] = useState(false)
  const changing = useMutation(
    station.staff.change.mutationOptions({
      onSuccess: () => {
        done(t('staff.saved', { name: name.trim() }))
        onClose()
      },
    }),
  )
  const submit = () => {
    setTried(true)
    if (name.trim() === '') return
    if (person === null) setChoosesPin(true)
    else changing.mutate({ staffId: person.staffId, name: name.trim(), role, active })
  }
  if (choosesPin) return <PinDialog purpose={{ kind: 'add', name: name.trim(), role }} onClose={onClose} />
  const problem =
    changing.error === null
      ? ''
      : codeOf(changing.error) === 'LAST_ADMIN'
        ? t('staff.lastAdmin')
        : words(changing.error)
  return (
    <ActDialog
      width={620}
      title={t(person === null ? 'staff.dialog.add' : 'staff.dialog.change')}
      act={{
        name: 'save',
        words: t(person === null ? 'staff.dialog.next' : 'staff.dialog.save'),
        busy: changing.isPending,
        onAct: submit,
      }}
      back={{ words: t('staff.dialog.cancel'), onBack: onClose }}
      {...{ problem, onClose }}
    >
      <div className="staff-form" data-dialog="staff">
        <Field
          label={t('staff.columns.name')}
          problem={tried && name.trim() === '' ? t('staff.dialog.nameMissing') : null}
        >
          <FocusedInput
            size="large"
            maxLength={40}
            value={name}
            aria-label={t('staff.columns.name')}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={submit}
          />
        </Field>
        <RoleChoice role={role} onRole={setRole} />
        {person !== null && (
          <label className="staff-active">
            <Switch checked={active} onChange={setActive} />
            {t(active ? 'staff.state.works' : 'staff.state.gone')}
          </label>
        )}
      </div>
    </ActDialog>
  )
}

interface RoleChoiceProps {
  readonly role: StaffRole
  readonly onRole: (role: StaffRole) => void
}

/** Each role with what it may do. */
function RoleChoice({ role, onRole }: RoleChoiceProps) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      className="staff-roles"
      value={role}
      onChange={(event) => {
        const chosen: unknown = event.target.value
        onRole(STAFF_ROLES.find((each) => each === chosen) ?? 'cashier')
      }}
    >
      {STAFF_ROLES.map((each) => (
        <Radio key={each} value={each}>
          {t(`shell.role.${each}`)}
          <small>{t(`staff.may.${each}`)}</small>
        </Radio>
      ))}
    </Radio.Group>
  )
}
