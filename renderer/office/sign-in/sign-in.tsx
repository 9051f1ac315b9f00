import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StaffView } from '../../../shared/contract/staff.ts'
import { codeOf, stationNow } from '../../stores/office.ts'
import { PinPad } from '../../ui/pin-pad.tsx'
import { Sign } from '../../ui/sign.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useProblemWords } from '../shell/problem-words.ts'
import { StaffTiles, waitText } from './staff-tiles.tsx'
import './sign-in.css'

interface SignInProps {
  readonly view: StaffView
  /** Who was signed in before the window locked itself: her tile is chosen already, and her page waits. */
  readonly before: string | null
}

/** Who is here: a tile and a PIN. */
export function SignIn({ view, before }: SignInProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const nowMs = useNow()
  const staff = view.staff.filter(({ active }) => active)
  const only = staff.length === 1 ? staff[0]?.staffId : undefined
  const [chosen, setChosen] = useState<string | null>(before ?? only ?? null)
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [asking, setAsking] = useState(false)
  const person = staff.find(({ staffId }) => staffId === chosen) ?? null
  const lockedMs = Math.max(0, (person?.lockedUntilMs ?? 0) - nowMs)

  const signIn = async () => {
    if (person === null || asking) return
    setAsking(true)
    setProblem(null)
    try {
      await stationNow.staff.signIn({ staffId: person.staffId, pin })
    } catch (error) {
      // The countdown below says it better, and goes on by itself.
      setProblem(codeOf(error) === 'LOCKED' ? null : error)
    } finally {
      setPin('')
      setAsking(false)
    }
  }

  return (
    <div className="sign-in" data-screen="sign-in">
      <section className="sign-in-who">
        <h1>{t(before === null ? 'signIn.title' : 'signIn.lockedTitle')}</h1>
        <p className="sign-in-lead">{t(before === null ? 'signIn.lead' : 'signIn.lockedLead')}</p>
        <StaffTiles
          staff={staff}
          chosen={chosen}
          onChoose={(staffId) => {
            setChosen(staffId)
            setPin('')
            setProblem(null)
          }}
        />
      </section>
      <section className="sign-in-pin">
        <h2>{person === null ? t('signIn.chooseFirst') : t('signIn.pinOf', { name: person.name })}</h2>
        {lockedMs > 0 ? (
          <div className="sign-in-locked" role="status">
            <Sign kind="wait" />
            <p className="sign-in-wait">{waitText(lockedMs)}</p>
            <p>{t('signIn.lockedWords')}</p>
          </div>
        ) : (
          <PinPad
            pin={pin}
            onPin={setPin}
            onDone={() => void signIn()}
            disabled={person === null || asking}
            done={t('signIn.enter')}
          />
        )}
        <p className="sign-in-problem" role="alert">
          {problem === null ? '' : words(problem)}
        </p>
      </section>
    </div>
  )
}
