import { useTranslation } from 'react-i18next'
import type { MemberGrant } from '../../../shared/contract/members.ts'
import { inWords, isLanguage } from '../../i18n/language.ts'
import { yuanText } from '../../ui/format.ts'

/** What funds gave her for meals, the one that ends soonest first: it pays before her own money. */
export function MemberGrants({ grants }: { readonly grants: readonly MemberGrant[] }) {
  const { t, i18n } = useTranslation()
  if (grants.length === 0) return null
  return (
    <section className="member-part" data-part="grants">
      <header className="member-part-head">
        <h3>{t('members.grants.title')}</h3>
        <span className="grants-first">{t('members.grants.first')}</span>
      </header>
      <dl className="grants">
        {grants.map(({ grantId, title, leftFen, lastDay }) => (
          <div key={grantId} data-grant={grantId}>
            <dt>{inWords(title, isLanguage(i18n.language) ? i18n.language : 'zh-CN')}</dt>
            <dd>{t('members.grants.until', { date: lastDay })}</dd>
            <dd>
              <strong>{t('members.grants.left', { amount: yuanText(leftFen) })}</strong>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
