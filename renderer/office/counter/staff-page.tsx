import { useCallback } from 'react'
import type { StaffKey } from '../../../shared/domain/checkout/state.ts'
import { confirmSale } from '../../stores/confirm.ts'
import { usePhoto } from '../../stores/use-photo.ts'
import { goTo, goToOffice, officeHash } from '../../stores/place.ts'
import { pressKey } from '../../stores/press.ts'
import { useProblems } from '../../stores/problems.ts'
import { useSales } from '../../stores/sales.ts'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import { useStation } from '../../stores/station.ts'
import { withStation } from '../../stores/with-station.ts'
import { useNow } from '../../ui/use-now.ts'
import { WaitingCover } from '../../ui/waiting-cover.tsx'
import { StaffScreen } from './staff-screen.tsx'

/** The staff's screen on the live station. */
export function StaffPage() {
  const { connection, client, view, menu, health } = useStation()
  const { recent, totals } = useSales()
  const settings = useSettings()
  const problem = useProblems((problems) => problems.last)
  const nowMs = useNow()
  const press = useCallback((key: StaffKey) => pressKey(client, key), [client])
  const explain = useCallback(
    async (saleId: string) => (client === null ? null : withStation(client.sales.explain({ saleId }))),
    [client],
  )
  const openDrawer = useCallback(() => {
    if (client !== null) void withStation(client.counter.openDrawer())
  }, [client])
  const photo = usePhoto(client, view?.member?.photoId ?? null)
  const confirm = useCallback(
    (saleId: string | null) =>
      void confirmSale(client, saleId).then((done) => {
        if (!done) goToOffice()
      }),
    [client],
  )
  return (
    <>
      {view !== null && (
        <StaffScreen
          {...{ view, menu, health, recent, totals, settings, problem, nowMs, photo, press, explain }}
          onSettings={changeSettings}
          onDrawer={openDrawer}
          onConfirm={confirm}
          onOffice={(page) => (page === undefined ? goToOffice() : goTo(officeHash(page)))}
        />
      )}
      <WaitingCover connection={connection} />
    </>
  )
}
