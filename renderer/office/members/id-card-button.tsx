import { Button } from 'antd'
import { IdCard as IdCardIcon } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IdCardAnswer } from '../../../shared/contract/members.ts'
import { stationNow } from '../../stores/office.ts'
import { useStation } from '../../stores/station.ts'
import { useProblemWords } from '../shell/problem-words.ts'

const ASK_AGAIN_MS = 700

export type ReadIdCard = Extract<IdCardAnswer, { readonly kind: 'card' }>

interface IdCardButtonProps {
  readonly today: string
  readonly onCard: (card: ReadIdCard) => void
}

/** Fills the form from the ID card on the reader; where no ID reader is configured there is no button. */
export function IdCardButton({ today, onCard }: IdCardButtonProps) {
  const { t } = useTranslation()
  const configured = useStation(({ health }) => (health?.idReader ?? null) !== null)
  const [waiting, setWaiting] = useState(false)
  const [words, setWords] = useState('')
  const read = (card: ReadIdCard) => {
    setWaiting(false)
    setWords(
      card.validTo !== null && card.validTo < today
        ? t('members.idCard.expired', { date: card.validTo })
        : t('members.idCard.read'),
    )
    onCard(card)
  }
  useIdCard(waiting, {
    read,
    waits: (kind) => setWords(t(`members.idCard.${kind}`)),
    failed: (problem) => {
      setWaiting(false)
      setWords(problem)
    },
  })
  if (!configured) return null
  return (
    <div className="id-card" data-id-card={waiting ? 'waiting' : 'idle'}>
      <Button
        size="large"
        icon={<IdCardIcon aria-hidden="true" />}
        data-action="read-id-card"
        onClick={() => {
          setWords('')
          setWaiting(!waiting)
        }}
      >
        {t(waiting ? 'members.idCard.stop' : 'members.idCard.begin')}
      </Button>
      <span role="status">{words}</span>
    </div>
  )
}

interface IdCardHearing {
  readonly read: (card: ReadIdCard) => void
  readonly waits: (kind: Exclude<IdCardAnswer['kind'], 'card'>) => void
  readonly failed: (problem: string) => void
}

/** Asks for the card again and again while somebody waits for it. */
function useIdCard(waiting: boolean, hearing: IdCardHearing): void {
  const wordsOf = useProblemWords()
  const hear = useEffectEvent((answer: IdCardAnswer) =>
    answer.kind === 'card' ? hearing.read(answer) : hearing.waits(answer.kind),
  )
  const fail = useEffectEvent((error: unknown) => hearing.failed(wordsOf(error)))
  useEffect(() => {
    if (!waiting) return undefined
    const ends = new AbortController()
    const ask = async () => {
      try {
        const answer = await stationNow.members.readIdCard(undefined, { signal: ends.signal })
        if (!ends.signal.aborted) hear(answer)
      } catch (error) {
        if (!ends.signal.aborted) fail(error)
      }
    }
    void ask()
    const again = setInterval(() => void ask(), ASK_AGAIN_MS)
    return () => {
      ends.abort()
      clearInterval(again)
    }
  }, [waiting])
}
