import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings, VOLUMES } from '../stores/settings.ts'
import { enterPin } from '../stores/confirm.ts'
import { useStation } from '../stores/station.ts'
import { useCardKeys } from '../stores/use-card-keys.ts'
import { useNow } from '../ui/use-now.ts'
import { WaitingCover } from '../ui/waiting-cover.tsx'
import { CounterScreen } from './counter-screen.tsx'
import { useScreenLanguage } from './screen-language.ts'
import { useVoice } from './use-voice.ts'

/** The seniors' screen on the live station, with its voice. */
export function CounterPage() {
  const { client, connection, connectionNo, viewsSeen, view, menu, health } = useStation()
  const settings = useSettings()
  const [language, otherLanguage] = useScreenLanguage(settings.counterLanguage, view?.phase ?? null)
  const { i18n } = useTranslation()
  useEffect(() => {
    document.documentElement.lang = language
    void i18n.changeLanguage(language)
  }, [i18n, language])
  const speech = view?.speech ?? null
  useVoice({ speech, connectionNo, viewsSeen }, language, VOLUMES[settings.volume] ?? 1)
  useCardKeys()
  const nowMs = useNow()
  return (
    <>
      {view !== null && (
        <CounterScreen
          view={view}
          menu={menu}
          canteenName={health?.canteenName ?? ''}
          language={language}
          nowMs={nowMs}
          onOtherLanguage={otherLanguage}
          onPin={(pin) => enterPin(client, view.saleId, pin)}
        />
      )}
      <WaitingCover connection={connection} />
    </>
  )
}
