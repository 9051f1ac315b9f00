import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { stationNow } from '../../stores/office.ts'
import { PinPad } from '../../ui/pin-pad.tsx'
import { FocusedInput } from '../shell/focused-input.tsx'
import { useProblemWords } from '../shell/problem-words.ts'
import './sign-in.css'

const LONGEST_NAME = 40

/** Nobody is known yet: whoever stands here becomes the first admin. There is no default PIN (SPEC SE-9). */
export function FirstRun() {
  const { t } = useTranslation()
  const words = useProblemWords()
  const [name, setName] = useState('')
  const [first, setFirst] = useState<string | null>(null)
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const named = name.trim() !== ''

  const create = async () => {
    if (first === null) {
      setFirst(pin)
      setPin('')
      setProblem(null)
      return
    }
    setFirst(null)
    setPin('')
    if (pin !== first) {
      setProblem(t('signIn.first.differ'))
      return
    }
    setAsking(true)
    setProblem(null)
    try {
      const { staffId } = await stationNow.staff.createFirstAdmin({ name: name.trim(), pin })
      await stationNow.staff.signIn({ staffId, pin })
    } catch (error) {
      setProblem(words(error))
    } finally {
      setAsking(false)
    }
  }

  return (
    <div className="sign-in" data-screen="first-run">
      <section className="sign-in-who">
        <h1>{t('signIn.first.title')}</h1>
        <p className="sign-in-lead">{t('signIn.first.lead')}</p>
        <label className="sign-in-name">
          <span>{t('signIn.first.name')}</span>
          <FocusedInput
            size="large"
            value={name}
            maxLength={LONGEST_NAME}
            placeholder={t('signIn.first.namePlaceholder')}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={(event) => event.currentTarget.blur()}
          />
        </label>
        <h2>{t('signIn.first.goodPin')}</h2>
        <ul className="sign-in-rules">
          <li>{t('signIn.first.ruleLength')}</li>
          <li>{t('signIn.first.ruleSimple')}</li>
          <li>{t('signIn.first.ruleOwn')}</li>
        </ul>
      </section>
      <section className="sign-in-pin">
        <h2>{t(first === null ? 'signIn.first.pin' : 'signIn.first.pinAgain')}</h2>
        <PinPad
          pin={pin}
          onPin={setPin}
          onDone={() => void create()}
          disabled={!named || asking}
          done={t(first === null ? 'signIn.first.next' : 'signIn.first.create')}
        />
        <p className="sign-in-problem" role="alert">
          {problem ?? (named ? '' : t('signIn.first.nameMissing'))}
        </p>
      </section>
    </div>
  )
}
