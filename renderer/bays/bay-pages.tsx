import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../i18n/language.ts'
import { useBays } from '../stores/bays.ts'
import { useSettings } from '../stores/settings.ts'
import { useStation } from '../stores/station.ts'
import { WaitingCover } from '../ui/waiting-cover.tsx'
import { BayScreen } from './bay-screen.tsx'
import { ExitScreen } from './exit-screen.tsx'

function useCanteenLanguage(): Language {
  const language = useSettings(({ counterLanguage }) => counterLanguage)
  const { i18n } = useTranslation()
  useEffect(() => {
    document.documentElement.lang = language
    void i18n.changeLanguage(language)
  }, [i18n, language])
  return language
}

/** One bay's screen on the live station. */
export function BayPage() {
  const language = useCanteenLanguage()
  const { connection, view } = useStation()
  const bay = useBays((bays) => bays.bay)
  return (
    <>
      {bay !== null && <BayScreen view={bay} language={language} trial={view?.trial ?? false} />}
      <WaitingCover connection={bay === null ? 'connecting' : connection} />
    </>
  )
}

/** The exit's screen on the live station. */
export function ExitPage() {
  const language = useCanteenLanguage()
  const { connection, view } = useStation()
  const exit = useBays((bays) => bays.exit)
  return (
    <>
      {exit !== null && <ExitScreen view={exit} language={language} trial={view?.trial ?? false} />}
      <WaitingCover connection={exit === null ? 'connecting' : connection} />
    </>
  )
}
