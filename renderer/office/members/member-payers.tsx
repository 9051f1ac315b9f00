import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { Pencil, Plus, UserRound, UserX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail } from '../../../shared/contract/members.ts'
import type { PayerShown } from '../../../shared/contract/payers.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { ActDialog } from '../shell/act-dialog.tsx'
import { Field } from '../shell/field.tsx'
import { FocusedInput } from '../shell/focused-input.tsx'
import { useProblemWords } from '../shell/problem-words.ts'
import { useNotice } from '../shell/use-notice.tsx'
import { payerText } from './payer-words.ts'

/** Who of her family pays into her wallet: chosen at a top-up, named on its slip and in her account. */
export function MemberPayers({ member }: { readonly member: MemberDetail }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<PayerShown | 'new' | null>(null)
  return (
    <section className="member-part" data-part="payers">
      <header className="member-part-head">
        <h3>{t('members.payers.title')}</h3>
        <Button icon={<Plus aria-hidden="true" />} data-action="add-payer" onClick={() => setOpen('new')}>
          {t('members.payers.add')}
        </Button>
      </header>
      <ul className="cards">
        {member.payers.map((payer) => (
          <li key={payer.payerId} className="card" data-payer={payer.payerId}>
            <UserRound aria-hidden="true" />
            <strong>{payerText(payer)}</strong>
            {payer.phoneMasked !== null && <span>{payer.phoneMasked}</span>}
            <Button
              icon={<Pencil aria-hidden="true" />}
              data-action="change-payer"
              onClick={() => setOpen(payer)}
            >
              {t('members.payers.change')}
            </Button>
            <RemoveButton member={member} payer={payer} />
          </li>
        ))}
        {member.payers.length === 0 && <li className="cards-none">{t('members.payers.none')}</li>}
      </ul>
      {open !== null && (
        <PayerDialog member={member} payer={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </section>
  )
}

function RemoveButton({ member, payer }: { readonly member: MemberDetail; readonly payer: PayerShown }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { done, refused } = useNotice()
  const cache = useQueryClient()
  const remove = useMutation(
    station.members.removePayer.mutationOptions({
      onSuccess: () => {
        done(t('members.payers.removed'))
        void cache.invalidateQueries({ queryKey: station.members.key() })
      },
      onError: refused,
    }),
  )
  const ask = () =>
    void modal.confirm({
      centered: true,
      title: t('members.payers.removeTitle', { name: payer.name }),
      content: t('members.payers.removeWords'),
      okText: t('members.payers.remove'),
      cancelText: t('members.payers.keep'),
      okButtonProps: { danger: true, size: 'large' },
      cancelButtonProps: { size: 'large' },
      onOk: () => remove.mutate({ memberId: member.memberId, payerId: payer.payerId }),
    })
  return (
    <Button icon={<UserX aria-hidden="true" />} data-action="remove-payer" onClick={ask}>
      {t('members.payers.remove')}
    </Button>
  )
}

interface PayerDialogProps {
  readonly member: MemberDetail
  /** Null for a new one. */
  readonly payer: PayerShown | null
  readonly onClose: () => void
}

function PayerDialog({ member, payer, onClose }: PayerDialogProps) {
  const { t } = useTranslation()
  const [name, setName] = useState(payer?.name ?? '')
  const [relation, setRelation] = useState(payer?.relation ?? '')
  const [phone, setPhone] = useState('')
  const { save, saving, problem } = useSaving(member, payer, onClose)
  const ready = name.trim() !== '' && relation.trim() !== ''
  const masked = payer?.phoneMasked ?? null
  return (
    <ActDialog
      width={560}
      title={t(payer === null ? 'members.payers.addTitle' : 'members.payers.changeTitle', {
        name: member.fullName,
      })}
      act={{
        name: 'save-payer',
        words: t('members.payers.save'),
        ready,
        busy: saving,
        onAct: () => save({ name: name.trim(), relation: relation.trim(), phone: phone.trim() }),
      }}
      back={{ words: t('members.payers.cancel'), onBack: onClose }}
      {...{ problem, onClose }}
    >
      <div className="question" data-dialog="payer">
        <Field label={t('members.payers.name')}>
          <FocusedInput
            size="large"
            value={name}
            maxLength={40}
            data-field="payer-name"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label={t('members.payers.relation')} hint={t('members.payers.relationHint')}>
          <Input
            size="large"
            value={relation}
            maxLength={20}
            data-field="payer-relation"
            onChange={(event) => setRelation(event.target.value)}
          />
        </Field>
        <Field
          label={t('members.payers.phone')}
          hint={masked === null ? undefined : t('members.form.kept', { value: masked })}
        >
          <Input
            size="large"
            value={phone}
            maxLength={20}
            inputMode="tel"
            data-field="payer-phone"
            onChange={(event) => setPhone(event.target.value)}
          />
        </Field>
      </div>
    </ActDialog>
  )
}

interface Wished {
  readonly name: string
  readonly relation: string
  readonly phone: string
}

/** Saves under one id, however often it is asked. */
function useSaving(member: MemberDetail, payer: PayerShown | null, onDone: () => void) {
  const { t } = useTranslation()
  const { done } = useNotice()
  const words = useProblemWords()
  const cache = useQueryClient()
  const [newId] = useState(() => crypto.randomUUID())
  const saving = useMutation({
    mutationFn: ({ phone, ...wished }: Wished) => {
      const { memberId } = member
      if (payer === null) return stationNow.members.addPayer({ payerId: newId, memberId, phone, ...wished })
      // What was left empty stays as it is: the screen knows it only masked.
      const kept = phone === '' ? null : phone
      return stationNow.members.changePayer({ payerId: payer.payerId, memberId, phone: kept, ...wished })
    },
    onSuccess: (_nothing, { name }) => {
      done(t(payer === null ? 'members.payers.added' : 'members.payers.changed', { name }))
      onDone()
    },
    onSettled: () => cache.invalidateQueries({ queryKey: station.members.key() }),
  })
  const problemOf = (error: unknown): string => {
    const code = codeOf(error)
    if (code === 'TOO_MANY_PAYERS') return t('members.payers.tooMany')
    return code === 'NO_SUCH_PAYER' ? t('members.payers.gone') : words(error)
  }
  return {
    save: (wished: Wished) => {
      if (!saving.isPending) saving.mutate(wished)
    },
    saving: saving.isPending,
    problem: saving.error === null ? null : problemOf(saving.error),
  }
}
