import { Button, Modal } from 'antd'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TappedCard } from '../../../shared/contract/members.ts'
import { stationNow } from '../../stores/office.ts'
import { Sign } from '../../ui/sign.tsx'
import { useProblemWords } from '../shell/problem-words.ts'

interface TapDialogProps {
  readonly title: string
  readonly children?: ReactNode
  /** Takes a card that was held to the reader. Answers what is wrong with it in words, or null when it was right. */
  readonly onCard: (card: TappedCard) => Promise<string | null>
  readonly onClose: () => void
}

/** Waits for a card at the reader. While it is open the reader is the office's: no card pays at the counter. */
export function TapDialog({ title, children, onCard, onClose }: TapDialogProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const [problem, setProblem] = useState<string | null>(null)
  const take = useEffectEvent(async (card: TappedCard) => setProblem(await onCard(card)))
  const failed = useEffectEvent((error: unknown) => setProblem(words(error)))
  useEffect(() => {
    const following = new AbortController()
    const follow = async () => {
      try {
        const cards = await stationNow.members.tappedCards(undefined, { signal: following.signal })
        for await (const card of cards) if (card !== null && !following.signal.aborted) await take(card)
      } catch (error) {
        if (!following.signal.aborted) failed(error)
      }
    }
    void follow()
    return () => following.abort()
  }, [])
  return (
    <Modal
      open
      centered
      width={560}
      title={title}
      onCancel={onClose}
      footer={
        <Button size="large" onClick={onClose}>
          {t('members.tap.cancel')}
        </Button>
      }
    >
      <div className="tap" data-dialog="tap">
        {children}
        <div className="tap-sign">
          <Sign kind={problem === null ? 'act-card' : 'stop'} />
        </div>
        <p className="tap-words" role="status">
          {problem ?? t('members.tap.hold')}
        </p>
        <p className="tap-note">{t('members.tap.note')}</p>
      </div>
    </Modal>
  )
}
