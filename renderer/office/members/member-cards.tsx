import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { CircleCheck, OctagonX, Plus, RefreshCw, TriangleAlert, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberCard, MemberDetail, TappedCard } from '../../../shared/contract/members.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment, yuanText } from '../../ui/format.ts'
import { useProblemWords } from '../shell/problem-words.ts'
import { useNotice } from '../shell/use-notice.tsx'
import { CardGuards } from './card-guards.tsx'
import { TapDialog } from './tap-dialog.tsx'

/** Her cards: each valid, lost or returned, with what lies on it; a new one by holding it to the reader. */
export function MemberCards({ member }: { readonly member: MemberDetail }) {
  const { t } = useTranslation()
  const [waitingFor, setWaitingFor] = useState<'issue' | 'reissue' | null>(null)
  const kept = member.cards.some(({ state, depositFen }) => state === 'lost' && depositFen > 0)
  const isOne = member.cards.some(({ state }) => state !== 'returned')
  return (
    <section className="member-part">
      <header className="member-part-head">
        <h3>{t('members.cards.title')}</h3>
        {isOne && (
          <Button
            icon={<RefreshCw aria-hidden="true" />}
            data-action="reissue"
            onClick={() => setWaitingFor('reissue')}
          >
            {t('members.cards.reissue')}
          </Button>
        )}
        <Button icon={<Plus aria-hidden="true" />} data-action="issue" onClick={() => setWaitingFor('issue')}>
          {t(isOne ? 'members.cards.another' : 'members.cards.issue')}
        </Button>
      </header>
      <ul className="cards">
        {member.cards.map((card) => (
          <CardRow key={card.uid} card={card} member={member} />
        ))}
        {member.cards.length === 0 && <li className="cards-none">{t('members.cards.none')}</li>}
      </ul>
      {kept && <p className="cards-rule">{t('members.cards.lostKeeps')}</p>}
      <CardGuards member={member} />
      {waitingFor !== null && (
        <NewCardDialog member={member} purpose={waitingFor} onClose={() => setWaitingFor(null)} />
      )}
    </section>
  )
}

const SIGN_OF = { valid: CircleCheck, lost: OctagonX, returned: Undo2 } as const

function CardRow({ card, member }: { readonly card: MemberCard; readonly member: MemberDetail }) {
  const { t } = useTranslation()
  const Shape = SIGN_OF[card.state]
  return (
    <li className="card" data-card={card.uid} data-state={card.state}>
      <Shape aria-hidden="true" />
      <span className="card-uid">{card.uid}</span>
      <strong>{t(`members.cards.state.${card.state}`)}</strong>
      {card.seenTwice !== null && <SeenTwice {...card.seenTwice} />}
      {card.depositFen > 0 && (
        <span data-deposit={card.depositFen}>
          {t('members.cards.deposit', { amount: yuanText(card.depositFen) })}
        </span>
      )}
      {card.state === 'valid' && <ReturnButton card={card} member={member} />}
      {card.state !== 'returned' && <LostButton card={card} />}
    </li>
  )
}

/** What speaks for a copy of the card: two places, and no time to go from one to the other. */
function SeenTwice({ here, there, atMs }: NonNullable<MemberCard['seenTwice']>) {
  const { t, i18n } = useTranslation()
  const { date, time } = writtenMoment(atMs, i18n.language, useTimeZone())
  const placeOf = (place: string) =>
    place === 'counter' || place === 'exit' ? t(`members.cards.place.${place}`) : place
  return (
    <span className="card-twice" data-twice>
      <TriangleAlert aria-hidden="true" />
      {t('members.cards.twice', { when: `${date} ${time}`, here: placeOf(here), there: placeOf(there) })}
    </span>
  )
}

function LostButton({ card }: { readonly card: MemberCard }) {
  const { t } = useTranslation()
  const { done, refused } = useNotice()
  const cache = useQueryClient()
  const marking = useMutation({
    mutationFn: ({ lost }: { lost: boolean }) =>
      lost
        ? stationNow.members.reportLost({ uid: card.uid })
        : stationNow.members.takeBackLost({ uid: card.uid }),
    onSuccess: (_nothing, { lost }) =>
      done(t(lost ? 'members.cards.nowLost' : 'members.cards.nowFound'), () =>
        marking.mutate({ lost: !lost }),
      ),
    onError: refused,
    onSettled: () => void cache.invalidateQueries({ queryKey: station.members.key() }),
  })
  const lost = card.state === 'lost'
  return (
    <Button
      data-action={lost ? 'found' : 'lost'}
      loading={marking.isPending}
      onClick={() => marking.mutate({ lost: !lost })}
    >
      {t(lost ? 'members.cards.takeBack' : 'members.cards.reportLost')}
    </Button>
  )
}

/** Takes the card back; asked again for the same one, it is the same return. */
function ReturnButton({ card, member }: { readonly card: MemberCard; readonly member: MemberDetail }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { done, told, refused } = useNotice()
  const [returnId] = useState(() => crypto.randomUUID())
  const cache = useQueryClient()
  const returning = useMutation({
    mutationFn: () => stationNow.members.returnCard({ returnId, uid: card.uid }),
    onSuccess: ({ depositFen }) =>
      done(
        depositFen > 0
          ? t('members.cards.returnedPaid', { amount: yuanText(depositFen) })
          : t('members.cards.returned'),
      ),
    onError: (error) =>
      codeOf(error) === 'NOT_ENOUGH_CASH' ? told(t('members.cards.noCash')) : refused(error),
    onSettled: () => void cache.invalidateQueries({ queryKey: station.members.key() }),
  })
  const ask = () =>
    void modal.confirm({
      centered: true,
      title: t('members.cards.returnTitle', { name: member.fullName }),
      content:
        card.depositFen > 0
          ? t('members.cards.returnWords', { amount: yuanText(card.depositFen) })
          : t('members.cards.returnWordsFree'),
      okText: t('members.cards.return'),
      cancelText: t('members.cards.keep'),
      okButtonProps: { size: 'large' },
      cancelButtonProps: { size: 'large' },
      onOk: () => returning.mutate(),
    })
  return (
    <Button data-action="return" loading={returning.isPending} onClick={ask}>
      {t('members.cards.return')}
    </Button>
  )
}

interface NewCardDialogProps {
  readonly member: MemberDetail
  readonly purpose: 'issue' | 'reissue'
  readonly onClose: () => void
}

/** The card held to the reader becomes hers at once; a reissue makes her other cards lost in the same step. */
function NewCardDialog({ member, purpose, onClose }: NewCardDialogProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const { done } = useNotice()
  const cache = useQueryClient()
  const { memberId, fullName } = member
  const depositFen = useQuery(station.members.cardTerms.queryOptions()).data?.depositFen ?? 0
  const take = async (card: TappedCard): Promise<string | null> => {
    // One that was handed in is nobody's.
    if (card.member !== null && card.state !== 'returned')
      return t(card.member.memberId === memberId ? 'members.tap.hersAlready' : 'members.tap.somebodys', {
        name: card.member.fullName,
      })
    try {
      if (purpose === 'issue') await stationNow.members.issueCard({ memberId, uid: card.uid })
      else await stationNow.members.reissueCard({ memberId, newUid: card.uid })
    } catch (error) {
      return codeOf(error) === 'CARD_IN_USE' ? t('members.tap.inUse') : words(error)
    }
    done(t(purpose === 'issue' ? 'members.cards.issued' : 'members.cards.reissued', { name: fullName }))
    onClose()
    void cache.invalidateQueries({ queryKey: station.members.key() })
    return null
  }
  return (
    <TapDialog
      title={t(purpose === 'issue' ? 'members.tap.issueTitle' : 'members.tap.reissueTitle', {
        name: fullName,
      })}
      onCard={take}
      onClose={onClose}
    >
      {purpose === 'reissue' && <p className="tap-before">{t('members.tap.reissueWords')}</p>}
      {depositFen > 0 && (
        <p className="tap-before">{t('members.tap.deposit', { amount: yuanText(depositFen) })}</p>
      )}
    </TapDialog>
  )
}
