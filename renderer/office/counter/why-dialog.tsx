import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaleExplained } from '../../../shared/contract/sales.ts'
import { grantsFen, ownWalletFen, type SaleLine } from '../../../shared/domain/sale.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useTimeZone } from '../../stores/station.ts'
import { gramsText, writtenMoment, yuanText } from '../../ui/format.ts'

interface WhyDialogProps {
  readonly saleId: string
  readonly language: Language
  readonly explain: (saleId: string) => Promise<SaleExplained | null>
  readonly onClose: () => void
  /** Where sales are voided; absent where the dialog stands there already. */
  readonly onVoid?: () => void
}

type Answer = SaleExplained | 'loading' | 'missing'

/** "Why this price": the sale as it stands in the book, each step of its quote in words. */
export function WhyDialog({ saleId, language, explain, onClose, onVoid }: WhyDialogProps) {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<Answer>('loading')
  const [audited, setAudited] = useState(false)
  useEffect(() => {
    let wanted = true
    void explain(saleId).then((sale) => {
      if (wanted) setAnswer(sale ?? 'missing')
    })
    return () => {
      wanted = false
    }
  }, [saleId, explain])
  return (
    <Dialog name="why" title={t('office.why.title')} onClose={onClose}>
      {answer === 'loading' || answer === 'missing' ? (
        <p className="empty">{t(`office.why.${answer}`)}</p>
      ) : (
        <Explanation sale={answer} language={language} audited={audited} />
      )}
      <div className="dialog-buttons">
        {onVoid !== undefined && typeof answer === 'object' && !answer.voided && (
          <button type="button" className="key key-plain" data-key="void" onClick={onVoid}>
            {t('office.why.void')}
          </button>
        )}
        <button
          type="button"
          className="key key-plain"
          data-key="for-auditor"
          aria-pressed={audited}
          onClick={() => setAudited(!audited)}
        >
          {t('office.why.forAuditor')}
        </button>
        <button type="button" className="key key-plain" data-key="close" onClick={onClose}>
          {t('office.why.close')}
        </button>
      </div>
    </Dialog>
  )
}

/** What stands in the book never moves: its place in the list is its name. */
const numbered = <Item,>(items: readonly Item[]) => items.map((item, number) => ({ number, item }))

interface ExplanationProps {
  readonly sale: SaleExplained
  readonly language: Language
  /** Each step also as an auditor reads it. */
  readonly audited: boolean
}

function Explanation({ sale, language, audited }: ExplanationProps) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  return (
    <div className="why-body">
      <p className="why-who">
        {writtenMoment(sale.atMs, language, timeZone).time} · {sale.displayName ?? t('office.recent.guest')}
      </p>
      <h3>{t('office.why.dishes')}</h3>
      <ul>
        {numbered(sale.lines).map(({ number, item: line }) => (
          <li key={number} className="why-row">
            <span>
              <strong>{inWords(line.name, language)}</strong>
              <LineWords line={line} />
            </span>
            <span className="why-amount">{yuanText(line.amountFen)}</span>
          </li>
        ))}
      </ul>
      <h3>{t('office.why.steps')}</h3>
      <ol>
        {numbered(sale.steps).map(({ number, item: step }) => (
          <li key={number} className="why-row">
            <span>
              <strong>{inWords(step.words, language)}</strong>
              <small>{t('office.why.after', { amount: yuanText(step.afterFen) })}</small>
              {audited && (
                <small className="why-audit">
                  {inWords(sale.auditSteps[number] ?? step.words, language)}
                </small>
              )}
            </span>
            <span className="why-amount">{yuanText(step.changeFen)}</span>
          </li>
        ))}
      </ol>
      {audited &&
        numbered(sale.providerPayments).map(({ number, item }) => (
          <p key={number} className="why-row why-audit">
            {inWords(item, language)}
          </p>
        ))}
      <h3>{t('office.why.paidBy')}</h3>
      {grantsFen(sale.tender) > 0 && (
        <p className="why-row">
          <span>{t('office.grant')}</span>
          <span className="why-amount">{yuanText(grantsFen(sale.tender))}</span>
        </p>
      )}
      <p className="why-row">
        <span>{t('office.wallet')}</span>
        <span className="why-amount">{yuanText(ownWalletFen(sale.tender))}</span>
      </p>
      <p className="why-row">
        <span>{t('office.cash')}</span>
        <span className="why-amount">{yuanText(sale.tender.cashFen)}</span>
      </p>
      <p className="why-proof">
        {t('office.why.policy', { pack: sale.packId, version: sale.packVersion })} ·{' '}
        {t('office.why.proof', { hash: sale.entryHash.slice(0, 12) })}
      </p>
    </div>
  )
}

function LineWords({ line }: { readonly line: SaleLine }) {
  const { t } = useTranslation()
  if (line.kind !== 'weighed')
    return <small>{t('office.why.counted', { count: line.quantity, price: yuanText(line.priceFen) })}</small>
  return (
    <small>
      {t('office.why.weighed', {
        gross: gramsText(line.grossMg),
        tare: gramsText(line.tareMg),
        net: gramsText(line.netMg),
        price: yuanText(line.price.fen),
        per: t(`common.perWeight.${line.price.per}`),
      })}
    </small>
  )
}
