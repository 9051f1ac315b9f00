import {
  ChartColumn,
  CloudUpload,
  HandCoins,
  HeartPulse,
  Landmark,
  ListChecks,
  Printer,
  Plug,
  IdCard,
  Lock,
  ReceiptText,
  Save,
  Scale,
  ScrollText,
  Soup,
  UsersRound,
  UtensilsCrossed,
  WalletCards,
  type LucideIcon,
} from 'lucide-react'
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import { roleReaches, type StaffRole } from '../../../shared/domain/staff.ts'

/** A page of the office gets what its address says behind the page's name (`#/office/members/m-1`). */
export interface PageProps {
  readonly detail: string | null
}

export interface OfficePage {
  /** In the address, and in the words `shell.pages.NAME`. */
  readonly name: PageName
  readonly group: PageGroup
  readonly icon: LucideIcon
  /** Whoever may less is not offered the page. The station decides by itself about every request. */
  readonly needs: StaffRole
  readonly Page: LazyExoticComponent<ComponentType<PageProps>>
}

export const PAGE_GROUPS = ['every-day', 'figures', 'house'] as const
type PageGroup = (typeof PAGE_GROUPS)[number]

export type PageName =
  | 'menu'
  | 'members'
  | 'bays'
  | 'scale'
  | 'sales'
  | 'day'
  | 'reports'
  | 'claims'
  | 'balances'
  | 'policy'
  | 'sync'
  | 'backups'
  | 'printing'
  | 'health'
  | 'checks'
  | 'devices'
  | 'audit'
  | 'staff'

/** Every page, in the order of the navigation. A new page is one line here. */
const OFFICE_PAGES: readonly OfficePage[] = [
  {
    name: 'menu',
    group: 'every-day',
    icon: UtensilsCrossed,
    needs: 'cashier',
    Page: lazy(() => import('../menus/menus-page.tsx')),
  },
  {
    name: 'members',
    group: 'every-day',
    icon: UsersRound,
    needs: 'cashier',
    Page: lazy(() => import('../members/members-page.tsx')),
  },
  {
    name: 'bays',
    group: 'every-day',
    icon: Soup,
    needs: 'cashier',
    Page: lazy(() => import('../bays/bays-page.tsx')),
  },
  {
    name: 'scale',
    group: 'every-day',
    icon: Scale,
    needs: 'cashier',
    Page: lazy(() => import('../scale/scale-page.tsx')),
  },
  {
    name: 'sales',
    group: 'figures',
    icon: ReceiptText,
    needs: 'cashier',
    Page: lazy(() => import('../sales/sales-page.tsx')),
  },
  {
    name: 'day',
    group: 'figures',
    icon: Lock,
    needs: 'cashier',
    Page: lazy(() => import('../day/day-page.tsx')),
  },
  {
    name: 'reports',
    group: 'figures',
    icon: ChartColumn,
    needs: 'manager',
    Page: lazy(() => import('../reports/reports-page.tsx')),
  },
  {
    name: 'claims',
    group: 'figures',
    icon: Landmark,
    needs: 'manager',
    Page: lazy(() => import('../claims/claims-page.tsx')),
  },
  {
    name: 'balances',
    group: 'figures',
    icon: WalletCards,
    needs: 'manager',
    Page: lazy(() => import('../balances/balances-page.tsx')),
  },
  {
    name: 'policy',
    group: 'figures',
    icon: HandCoins,
    needs: 'manager',
    Page: lazy(() => import('../policy/policy-page.tsx')),
  },
  {
    name: 'sync',
    group: 'house',
    icon: CloudUpload,
    needs: 'cashier',
    Page: lazy(() => import('../sync/sync-page.tsx')),
  },
  {
    name: 'backups',
    group: 'house',
    icon: Save,
    needs: 'cashier',
    Page: lazy(() => import('../backups/backups-page.tsx')),
  },
  {
    name: 'printing',
    group: 'house',
    icon: Printer,
    needs: 'cashier',
    Page: lazy(() => import('../printing/printing-page.tsx')),
  },
  {
    name: 'health',
    group: 'house',
    icon: HeartPulse,
    needs: 'cashier',
    Page: lazy(() => import('../health/health-page.tsx')),
  },
  {
    name: 'checks',
    group: 'house',
    icon: ListChecks,
    needs: 'manager',
    Page: lazy(() => import('../checks/checks-page.tsx')),
  },
  {
    name: 'devices',
    group: 'house',
    icon: Plug,
    needs: 'admin',
    Page: lazy(() => import('../devices/devices-page.tsx')),
  },
  {
    name: 'audit',
    group: 'house',
    icon: ScrollText,
    needs: 'manager',
    Page: lazy(() => import('../audit/audit-page.tsx')),
  },
  {
    name: 'staff',
    group: 'house',
    icon: IdCard,
    needs: 'cashier',
    Page: lazy(() => import('../staff/staff-admin-page.tsx')),
  },
]

export const pagesFor = (role: StaffRole): readonly OfficePage[] =>
  OFFICE_PAGES.filter(({ needs }) => roleReaches(role, needs))
