import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { placeOf, useHash } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStation } from '../../stores/station.ts'
import { useCardKeys } from '../../stores/use-card-keys.ts'
import { WaitingCover } from '../../ui/waiting-cover.tsx'
import { StaffPage } from '../counter/staff-page.tsx'

const Office = lazy(() => import('./office.tsx'))

/** The staff's window: the counter's screen, and the office behind one key. Both follow the same connection. */
export function StaffWindow() {
  const { at } = placeOf(useHash())
  const { i18n } = useTranslation()
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const connection = useStation((station) => station.connection)
  useEffect(() => {
    document.documentElement.lang = language
    void i18n.changeLanguage(language)
  }, [i18n, language])
  useCardKeys()
  if (at === 'counter') return <StaffPage />
  return (
    <>
      <Suspense fallback={null}>
        <Office />
      </Suspense>
      <WaitingCover connection={connection} />
    </>
  )
}
