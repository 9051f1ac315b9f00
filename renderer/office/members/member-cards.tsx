import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { CircleCheck, OctagonX, Plus, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberCard, MemberDetail, TappedCard } from '../../../shared/contract/members.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { useProblemWords } from '../shell/problem-words.ts'
import { useNotice } from '../shell/use-notice.tsx'
import { TapDialog } from './tap-dialog.tsx'

/** Her cards: each valid or lost, a new one by holding it to the reader. */
export function MemberCards({ member }: { readonly member: MemberDetail }) {
  const { t } = useTranslation()
  const [waitingFor, setWaitingFor] = useState<'issue' | 'reissue' | null>(null)
  const hasCard = member.cards.some(({ state }) => state === 'valid')
  return (
    <section className="member-part">
      <header className="member-part-head">
        <h3>{t('members.cards.title')}</h3>
        {member.cards.length > 0 && (
          <Button
            icon={<RefreshCw aria-hidden="true" />}
            data-action="reissue"
            onClick={() => setWaitingFor('reissue')}
          >
            {t('members.cards.reissue')}
          </Button>
        )}
        {!hasCard && (
          <Button
            icon={<Plus aria-hidden="true" />}
            data-action="issue"
            onClick={() => setWaitingFor('issue')}
          >
            {t('members.cards.issue')}
          </Button>
        )}
      </header>
      <ul className="cards">
        {member.cards.map((card) => (
          <CardRow key={card.uid} card={card} />
        ))}
        {member.cards.length === 0 && <li className="cards-none">{t('members.cards.none')}</li>}
      </ul>
      {waitingFor !== null && (
        <NewCardDialog member={member} purpose={waitingFor} onClose={() => setWaitingFor(null)} />
      )}
    </section>
  )
}

function CardRow({ card }: { readonly card: MemberCard }) {
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
  const Shape = lost ? OctagonX : CircleCheck
  return (
    <li className="card" data-card={card.uid} data-state={card.state}>
      <Shape aria-hidden="true" />
      <span className="card-uid">{card.uid}</span>
      <strong>{t(`members.cards.state.${card.state}`)}</strong>
      <Button
        data-action={lost ? 'found' : 'lost'}
        loading={marking.isPending}
        onClick={() => marking.mutate({ lost: !lost })}
      >
        {t(lost ? 'members.cards.takeBack' : 'members.cards.reportLost')}
      </Button>
    </li>
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
  const take = async (card: TappedCard): Promise<string | null> => {
    if (card.member !== null)
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
    </TapDialog>
  )
}
