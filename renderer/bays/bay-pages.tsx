import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../i18n/language.ts'
import { useBays } from '../stores/bays.ts'
import { useSettings, VOLUMES } from '../stores/settings.ts'
import { useStation } from '../stores/station.ts'
import { WaitingCover } from '../ui/waiting-cover.tsx'
import { announcedAtBay, announcedAtExit, warnedAtBay } from './announced.ts'
import { BayScreen } from './bay-screen.tsx'
import { ExitScreen } from './exit-screen.tsx'
import { useBayVoice } from './use-bay-voice.ts'

function useCanteenLanguage(): Language {
  const language = useSettings(({ counterLanguage }) => counterLanguage)
  const { i18n } = useTranslation()
  useEffect(() => {
    document.documentElement.lang = language
    void i18n.changeLanguage(language)
  }, [i18n, language])
  return language
}

/** One bay's screen on the live station; beside warnings it speaks only where the canteen wants it to. */
export function BayPage() {
  const language = useCanteenLanguage()
  const { connection, view } = useStation()
  const bay = useBays((bays) => bays.bay)
  const { volume, baysSpeak } = useSettings()
  const announced = baysSpeak ? announcedAtBay : warnedAtBay
  useBayVoice({ view: bay, announced, language, volume: VOLUMES[volume] ?? 1 })
  return (
    <>
      {bay !== null && <BayScreen view={bay} language={language} trial={view?.trial ?? false} />}
      <WaitingCover connection={bay === null ? 'connecting' : connection} />
    </>
  )
}

/** The exit's screen on the live station, with its voice. */
export function ExitPage() {
  const language = useCanteenLanguage()
  const { connection, view } = useStation()
  const exit = useBays((bays) => bays.exit)
  const { volume } = useSettings()
  useBayVoice({ view: exit, announced: announcedAtExit, language, volume: VOLUMES[volume] ?? 1 })
  return (
    <>
      {exit !== null && <ExitScreen view={exit} language={language} trial={view?.trial ?? false} />}
      <WaitingCover connection={exit === null ? 'connecting' : connection} />
    </>
  )
}
