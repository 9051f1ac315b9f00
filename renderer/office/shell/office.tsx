import { QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect, useRef, useState } from 'react'
import { queries, station } from '../../stores/office.ts'
import { placeOf, useHash, useLeaving } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { signedOutMeanwhile, useStaff } from '../../stores/staff.ts'
import { useStation } from '../../stores/station.ts'
import { FirstRun } from '../sign-in/first-run.tsx'
import { SignIn } from '../sign-in/sign-in.tsx'
import { Navigation } from './navigation.tsx'
import './office.css'
import '../../ui/figures.css'
import { OfficeDesk } from './office-desk.tsx'
import { admitOwnStyles } from './own-styles.ts'
import { officeTheme } from './theme.ts'
import { TopBar } from './top-bar.tsx'
import { useTouches } from './use-touches.ts'

admitOwnStyles(document)

/** Over the bar at the top, where they cover no dialog's title and no key. */
const NOTICES = { maxCount: 2, top: 2 }

/** The office: everything but the sale itself. Loaded when it is first opened. */
export default function Office() {
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const [theme] = useState(() => officeTheme(document))
  const [ground, setGround] = useState<HTMLElement | null>(null)
  dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en')
  return (
    <QueryClientProvider client={queries}>
      <ConfigProvider
        theme={theme}
        locale={language === 'zh-CN' ? zhCN : enUS}
        wave={{ disabled: true }}
        button={{ autoInsertSpace: false }}
        getPopupContainer={() => ground ?? document.body}
        getTargetContainer={() => ground ?? document.body}
      >
        <App component={false} message={NOTICES}>
          <div className="office" ref={setGround} data-screen="office">
            {ground !== null && <OfficeRooms />}
          </div>
        </App>
      </ConfigProvider>
    </QueryClientProvider>
  )
}

/** What stands in the window: the way in, or the desk; a desk that locked itself waits behind the sign-in as it was left. */
function OfficeRooms() {
  const view = useStaff((staff) => staff.view)
  const connectionNo = useStation((heard) => heard.connectionNo)
  const hash = useHash()
  const place = placeOf(hash)
  const signedIn = view?.signedIn ?? null
  /** The person whose desk this is, also while it is locked. */
  const [owner, setOwner] = useState(signedIn)
  if (signedIn !== null && signedIn !== owner && !isSame(signedIn, owner)) setOwner(signedIn)
  useTouches(signedIn !== null)
  useForgetting(owner, connectionNo)
  useFreshAfterSales(signedIn !== null)

  return (
    <>
      <TopBar
        signedIn={signedIn}
        onLeave={() => {
          // Work that is not saved waits behind the sign-in; else the desk is cleared.
          if (useLeaving.getState().unsaved) return
          signedOutMeanwhile()
          setOwner(null)
        }}
      />
      {signedIn === null && view !== null && (
        <div className="office-lock">
          {view.firstRun ? <FirstRun /> : <SignIn view={view} before={owner?.staffId ?? null} />}
        </div>
      )}
      {owner !== null && (
        <div className="office-desk" key={owner.staffId} hidden={signedIn === null} inert={signedIn === null}>
          <Navigation role={owner.role} page={place.at === 'office' ? place.page : ''} />
          <OfficeDesk
            role={owner.role}
            page={place.at === 'office' ? place.page : ''}
            detail={place.at === 'office' ? place.detail : null}
          />
        </div>
      )}
    </>
  )
}

/** Another person's figures stay hers, and after a restart of the station nothing is taken from memory. */
function useForgetting(owner: SignedIn | null, connectionNo: number): void {
  const before = useRef({ owner, connectionNo })
  useEffect(() => {
    if (before.current.owner === owner && before.current.connectionNo === connectionNo) return
    before.current = { owner, connectionNo }
    void queries.resetQueries()
  }, [owner, connectionNo])
}

/** The counter sells beside the office: with each sale balances, lists and the drawer are asked for anew. */
function useFreshAfterSales(open: boolean): void {
  const paid = useStation(({ view }) => (view?.phase === 'paid' ? view.saleId : null))
  useEffect(() => {
    if (paid === null || !open) return
    const { members, sales, day } = station
    for (const queryKey of [members.get.key(), members.movements.key(), sales.list.key(), day.state.key()])
      void queries.invalidateQueries({ queryKey })
  }, [paid, open])
}

type SignedIn = NonNullable<NonNullable<ReturnType<typeof useStaff.getState>['view']>['signedIn']>

const isSame = (one: SignedIn, other: SignedIn | null): boolean =>
  other !== null && one.staffId === other.staffId && one.role === other.role && one.name === other.name
