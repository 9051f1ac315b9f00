import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../stores/settings.ts'
import { useStation } from '../stores/station.ts'
import { useTrial } from '../stores/trial.ts'
import { withStation } from '../stores/with-station.ts'
import { WaitingCover } from '../ui/waiting-cover.tsx'
import type { TrialHands } from './part.tsx'
import { TrialPanel } from './trial-panel.tsx'

/** The trial's hands on the live trial station. */
export function TrialPage() {
  const { connection, client } = useStation()
  const { view, screens } = useTrial()
  const language = useSettings((settings) => settings.officeLanguage)
  const { i18n } = useTranslation()
  useEffect(() => {
    document.documentElement.lang = language
    void i18n.changeLanguage(language)
  }, [i18n, language])
  const hands = useMemo<TrialHands>(() => {
    const done = async (act: Promise<object> | undefined) =>
      act !== undefined && (await withStation(act)) !== null
    return {
      placePlate: (foodMg) => done(client?.trial.placePlate({ foodMg })),
      removePlate: () => done(client?.trial.removePlate()),
      tapCard: (uid) => done(client?.trial.tapCard({ uid })),
      setPlugged: (device, plugged) => done(client?.trial.setPlugged({ device, plugged })),
      setBayPlugged: (bayId, device, plugged) =>
        done(
          bayId === null
            ? client?.trial.setBayPlugged({ bayId, device: 'reader', plugged })
            : client?.trial.setBayPlugged({ bayId, device, plugged }),
        ),
      tapBay: (bayId, uid) => done(client?.trial.tapBay({ bayId, uid })),
      takeFood: (bayId, takenMg) => done(client?.trial.takeFood({ bayId, takenMg })),
      refillPan: (bayId) => done(client?.trial.refillPan({ bayId })),
      setHand: (bayId, inPan) => done(client?.trial.setHand({ bayId, inPan })),
      setPaper: (hasPaper) => done(client?.trial.setPaper({ hasPaper })),
    }
  }, [client])
  return (
    <>
      {view !== null && <TrialPanel view={view} screens={screens} hands={hands} />}
      <WaitingCover connection={connection} />
    </>
  )
}
