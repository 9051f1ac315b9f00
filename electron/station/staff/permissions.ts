import type { TrialStationContract } from '../../../shared/contract/index.ts'
import type { StaffRole } from '../../../shared/domain/staff.ts'

/** Who may ask: anybody who stands at the window, or somebody of the staff of at least that role. */
export type Needed = 'public' | StaffRole

type Permissions = {
  readonly [Area in keyof TrialStationContract]: {
    readonly [Procedure in keyof TrialStationContract[Area]]: Needed
  }
}

/**
 * The role that each request of the contract needs (SPEC SE-7). A void, a reversed top-up, a refund, a correction, a day's close, cash out of
 * the drawer and a scale that failed its check are open to cashiers here and ask for a manager's word inside: see approval.ts. The counter sells without
 * anybody signed in, so whatever its screens show is public.
 */
export const PERMISSIONS: Permissions = {
  counter: {
    watch: 'public',
    press: 'public',
    cardTyped: 'public',
    enterPin: 'public',
    confirmSale: 'cashier',
    photo: 'cashier',
    openDrawer: 'public',
    menu: 'public',
  },
  bays: {
    setUp: 'public',
    watchBay: 'public',
    watchExit: 'public',
    watch: 'cashier',
    press: 'cashier',
    cancel: 'cashier',
  },
  station: { health: 'public', watchHealth: 'public', restart: 'admin' },
  health: { watch: 'public', checks: 'manager' },
  devices: { page: 'admin', search: 'admin', tryOut: 'admin', choose: 'admin' },
  sales: {
    recent: 'public',
    explain: 'public',
    dayTotals: 'public',
    list: 'cashier',
    void: 'cashier',
    reversePart: 'cashier',
  },
  staff: {
    watch: 'public',
    createFirstAdmin: 'public',
    signIn: 'public',
    signOut: 'public',
    touch: 'public',
    changeOwnPin: 'cashier',
    add: 'admin',
    change: 'admin',
    resetPin: 'admin',
    audit: 'manager',
  },
  menus: {
    library: 'cashier',
    plan: 'cashier',
    setPlan: 'cashier',
    copyDay: 'cashier',
    setSoldOut: 'cashier',
    saveDish: 'manager',
    setPrice: 'manager',
  },
  members: {
    search: 'cashier',
    get: 'cashier',
    register: 'cashier',
    proofsRunningOut: 'cashier',
    readIdCard: 'cashier',
    change: 'cashier',
    cardTerms: 'cashier',
    issueCard: 'cashier',
    reportLost: 'cashier',
    takeBackLost: 'cashier',
    reissueCard: 'cashier',
    returnCard: 'cashier',
    setPhoto: 'cashier',
    photo: 'cashier',
    setPin: 'cashier',
    setDailyLimit: 'manager',
    addPayer: 'cashier',
    changePayer: 'cashier',
    removePayer: 'cashier',
    tappedCards: 'cashier',
    topUp: 'cashier',
    reverseTopUp: 'cashier',
    movements: 'cashier',
    showIdNumber: 'manager',
    erase: 'manager',
  },
  memberImport: {
    watch: 'manager',
    read: 'manager',
    begin: 'manager',
    close: 'manager',
    template: 'manager',
  },
  wallets: {
    refund: 'cashier',
    correct: 'cashier',
    undoCorrection: 'cashier',
    statement: 'cashier',
    printStatement: 'cashier',
    balances: 'manager',
    exportBalances: 'manager',
    watchListing: 'manager',
    payOutAll: 'manager',
    watchPayOut: 'manager',
  },
  receipts: { read: 'cashier', print: 'cashier' },
  printing: { watch: 'cashier', again: 'cashier', now: 'cashier', drop: 'cashier', openDrawer: 'cashier' },
  day: { state: 'cashier', close: 'cashier', moveDrawer: 'cashier' },
  claims: { get: 'manager', export: 'manager' },
  reports: { day: 'manager', days: 'manager', export: 'manager' },
  sync: { watch: 'cashier', now: 'manager', enrol: 'admin' },
  backups: { watch: 'cashier', now: 'manager' },
  metrology: {
    watch: 'cashier',
    beginCheck: 'cashier',
    finishCheck: 'cashier',
    cancelCheck: 'cashier',
    release: 'cashier',
  },
  policy: {
    packs: 'manager',
    quote: 'manager',
    replay: 'manager',
    replayStanding: 'manager',
    publish: 'admin',
  },
  trial: {
    watch: 'public',
    placePlate: 'public',
    removePlate: 'public',
    tapCard: 'public',
    setPlugged: 'public',
    setBayPlugged: 'public',
    tapBay: 'public',
    takeFood: 'public',
    refillPan: 'public',
    setHand: 'public',
    setPaper: 'public',
  },
}

/** What people do at a window without being asked who they are; it counts as using the window all the same. */
const PUBLIC_USES: ReadonlySet<string> = new Set(['counter.press', 'counter.openDrawer', 'staff.touch'])

const BY_PATH: ReadonlyMap<string, Needed> = new Map(
  Object.entries(PERMISSIONS).flatMap(([area, procedures]) =>
    Object.entries(procedures).map(([name, needed]): [string, Needed] => [`${area}.${name}`, needed]),
  ),
)

/** A request that is not in the table is nobody's but an admin's. */
export const neededFor = (path: readonly string[]): Needed => BY_PATH.get(path.join('.')) ?? 'admin'

/**
 * True when the request shows that somebody is at the window. Screens read what is public by themselves, whenever a sale
 * is settled, and that must not keep a window open that everybody left.
 */
export const isUse = (path: readonly string[]): boolean =>
  neededFor(path) !== 'public' || PUBLIC_USES.has(path.join('.'))
