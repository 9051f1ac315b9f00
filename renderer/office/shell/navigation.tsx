import { ArrowLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { StaffRole } from '../../../shared/domain/staff.ts'
import { COUNTER_HASH, goTo, officeHash } from '../../stores/place.ts'
import { PAGE_GROUPS, pagesFor } from './pages.ts'

interface NavigationProps {
  readonly role: StaffRole
  readonly page: string
}

/** Where one may go: what a role may not do is not offered. The way back to the counter stands above everything. */
export function Navigation({ role, page }: NavigationProps) {
  const { t } = useTranslation()
  const pages = pagesFor(role)
  return (
    <nav className="nav" aria-label={t('shell.navigation')}>
      <button type="button" className="nav-counter" data-key="to-counter" onClick={() => goTo(COUNTER_HASH)}>
        <ArrowLeft aria-hidden="true" />
        <span>{t('shell.toCounter')}</span>
      </button>
      <div className="nav-pages">
        {PAGE_GROUPS.map((group) => {
          const inGroup = pages.filter((each) => each.group === group)
          if (inGroup.length === 0) return null
          return (
            <section key={group} className="nav-group">
              <h2>{t(`shell.groups.${group}`)}</h2>
              {inGroup.map(({ name, icon: Icon }) => (
                <button
                  key={name}
                  type="button"
                  className="nav-page"
                  aria-current={name === page ? 'page' : undefined}
                  data-nav={name}
                  onClick={() => goTo(officeHash(name))}
                >
                  <Icon aria-hidden="true" />
                  <span>{t(`shell.pages.${name}`)}</span>
                </button>
              ))}
            </section>
          )
        })}
      </div>
    </nav>
  )
}
