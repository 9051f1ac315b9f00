import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PinPad } from '../ui/pin-pad.tsx'
import './pin-asked.css'

/** What became of a PIN: right, wrong with so many tries left, locked out, or of no use any more. */
export type PinAnswer =
  { readonly kind: 'right' | 'locked' | 'not-now' } | { readonly kind: 'wrong'; readonly triesLeft: number }
export type OnPin = (pin: string) => Promise<PinAnswer>

/** The keys for a senior's PIN: large, ten digits and one to finish; staff's word does without. */
export function PinAsked({ onPin }: { readonly onPin: OnPin }) {
  const { t } = useTranslation()
  const [pin, setPin] = useState('')
  const [asking, setAsking] = useState(false)
  const [answer, setAnswer] = useState<PinAnswer | null>(null)
  const send = () => {
    setAsking(true)
    void onPin(pin).then((said) => {
      setAsking(false)
      setPin('')
      setAnswer(said)
    })
  }
  return (
    <div className="pin-asked" data-pin-asked>
      <PinPad pin={pin} onPin={setPin} onDone={send} disabled={asking} done={t('counter.pin.done')} />
      <p className="pin-asked-answer" role="status" data-pin-answer={answer?.kind}>
        {answer !== null && answer.kind !== 'right' && wordsOf(answer, t)}
      </p>
    </div>
  )
}

function wordsOf(answer: PinAnswer, t: ReturnType<typeof useTranslation>['t']): string {
  switch (answer.kind) {
    case 'wrong':
      return t('counter.pin.wrong', { count: answer.triesLeft })
    case 'locked':
      return t('counter.pin.locked')
    case 'right':
    case 'not-now':
      return t('counter.pin.again')
  }
}
