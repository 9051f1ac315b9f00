import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { KeyRound, Wallet } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail } from '../../../shared/contract/members.ts'
import { fen } from '../../../shared/domain/units.ts'
import { roleReaches } from '../../../shared/domain/staff.ts'
import { station, stationNow } from '../../stores/office.ts'
import { useStaff } from '../../stores/staff.ts'
import { yuanText } from '../../ui/format.ts'
import { PinPad } from '../../ui/pin-pad.tsx'
import { YuanInput } from '../../ui/yuan-input.tsx'
import { fenOfText } from '../../ui/yuan.ts'
import { ActDialog } from '../shell/act-dialog.tsx'
import { useProblemWords } from '../shell/problem-words.ts'
import { useNotice } from '../shell/use-notice.tsx'

/** What keeps a stolen card from costing much: her PIN for large meals, and the most that a card pays on a day. */
export function CardGuards({ member }: { readonly member: MemberDetail }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'pin' | 'limit' | null>(null)
  const role = useStaff(({ view }) => view?.signedIn?.role)
  const mayLimit = role !== undefined && roleReaches(role, 'manager')
  return (
    <div className="card-guards">
      <LimitWords member={member} />
      {mayLimit && (
        <Button icon={<Wallet aria-hidden="true" />} data-action="set-limit" onClick={() => setOpen('limit')}>
          {t('members.guards.changeLimit')}
        </Button>
      )}
      <Button icon={<KeyRound aria-hidden="true" />} data-action="set-pin" onClick={() => setOpen('pin')}>
        {t(member.hasPin ? 'members.guards.changePin' : 'members.guards.setPin')}
      </Button>
      {open === 'pin' && <PinDialog member={member} onClose={() => setOpen(null)} />}
      {open === 'limit' && <LimitDialog member={member} onClose={() => setOpen(null)} />}
    </div>
  )
}

function LimitWords({ member }: { readonly member: MemberDetail }) {
  const { t } = useTranslation()
  const terms = useQuery(station.members.cardTerms.queryOptions()).data
  const limitFen = member.dailyLimitFen ?? terms?.dailyLimitFen ?? 0
  const words =
    limitFen === 0
      ? t('members.guards.noLimit')
      : t(member.dailyLimitFen === null ? 'members.guards.limit' : 'members.guards.ownLimit', {
          amount: yuanText(limitFen),
        })
  return <span className="card-guards-words">{words}</span>
}

interface DialogProps {
  readonly member: MemberDetail
  readonly onClose: () => void
}

/** Her PIN, typed twice by herself; the digits are never shown. */
function PinDialog({ member, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { done } = useNotice()
  const words = useProblemWords()
  const cache = useQueryClient()
  const [first, setFirst] = useState<string | null>(null)
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState('')
  const saving = useMutation({
    mutationFn: (wanted: string | null) =>
      stationNow.members.setPin({ memberId: member.memberId, pin: wanted }),
    onSuccess: (_nothing, wanted) => {
      done(t(wanted === null ? 'members.guards.pinGone' : 'members.guards.pinSet'))
      onClose()
      void cache.invalidateQueries({ queryKey: station.members.key() })
    },
    onError: (error) => {
      setFirst(null)
      setPin('')
      setProblem(words(error))
    },
  })
  const next = () => {
    setPin('')
    if (first === null) {
      setProblem('')
      setFirst(pin)
    } else if (first === pin) saving.mutate(pin)
    else {
      setFirst(null)
      setProblem(t('members.guards.differ'))
    }
  }
  return (
    <Modal
      open
      centered
      width={480}
      title={t('members.guards.pinTitle', { name: member.fullName })}
      onCancel={onClose}
      footer={
        member.hasPin ? (
          <Button size="large" data-action="drop-pin" onClick={() => saving.mutate(null)}>
            {t('members.guards.dropPin')}
          </Button>
        ) : null
      }
    >
      <div className="card-guards-pin" data-dialog="pin">
        <p>{t(first === null ? 'members.guards.pinFirst' : 'members.guards.pinAgain')}</p>
        <PinPad
          pin={pin}
          onPin={setPin}
          onDone={next}
          disabled={saving.isPending}
          done={t('members.guards.pinDone')}
        />
        <p className="card-guards-problem" role="alert">
          {problem}
        </p>
      </div>
    </Modal>
  )
}

/** Her own limit; an empty field is the canteen's, nought is none. */
function LimitDialog({ member, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { done } = useNotice()
  const words = useProblemWords()
  const cache = useQueryClient()
  const title = t('members.guards.limitTitle', { name: member.fullName })
  const [text, setText] = useState(member.dailyLimitFen === null ? '' : yuanText(member.dailyLimitFen))
  const amountFen = text.trim() === '' ? null : fenOfText(text)
  const fits = text.trim() === '' || (amountFen !== null && amountFen <= MOST_FEN)
  const saving = useMutation({
    mutationFn: () =>
      stationNow.members.setDailyLimit({
        memberId: member.memberId,
        dailyLimitFen: amountFen === null ? null : fen(amountFen),
      }),
    onSuccess: () => {
      done(t('members.guards.limitSet'))
      onClose()
      void cache.invalidateQueries({ queryKey: station.members.key() })
    },
  })
  return (
    <ActDialog
      width={520}
      title={title}
      problem={saving.error !== null && words(saving.error)}
      act={{
        name: 'save-limit',
        words: t('members.guards.save'),
        ready: fits,
        busy: saving.isPending,
        onAct: () => saving.mutate(),
      }}
      back={{ words: t('members.guards.cancel'), onBack: onClose }}
      onClose={onClose}
    >
      <div className="question" data-dialog="limit">
        <YuanInput text={text} onText={setText} label={title} onEnter={() => fits && saving.mutate()} />
        <p>{t('members.guards.limitHint')}</p>
      </div>
    </ActDialog>
  )
}

const MOST_FEN = 1_000_000
