import { Pause, TriangleAlert, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CounterView, ViewLine } from '../../../shared/domain/checkout/view.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { gramsText, yuanText } from '../../ui/format.ts'
import { Sign, type SignKind } from '../../ui/sign.tsx'
import { TROUBLE_TONE } from '../../ui/trouble.ts'
import { KeyButton } from './key-button.tsx'
import type { Refusal, StaffKeys } from './use-staff-keys.ts'

interface SalePanelProps {
  readonly view: CounterView
  readonly language: Language
  readonly keys: StaffKeys
  /** Of the member on the screen, for whoever is signed in. */
  readonly photo: string | null
}

/** The same sale as on the seniors' screen, with what staff needs to know of it. */
export function SalePanel({ view, language, keys, photo }: SalePanelProps) {
  const { t } = useTranslation()
  // The last line is still on the scale: it goes with its plate, not by a key.
  const liesOnScale = view.weighing !== null && view.weighing.amountFen !== null
  return (
    <section className="panel sale" aria-label={t('office.sale')}>
      <Status view={view} language={language} />
      <RefusalWords refusal={keys.refusal} />
      <OnScale view={view} language={language} />
      <ul className="sale-lines">
        {view.lines.length === 0 && <li className="empty">{t('office.emptySale')}</li>}
        {view.lines.map((line, index) => (
          <SaleLine
            key={line.lineNo}
            line={line}
            language={language}
            keys={keys}
            removable={view.keys.includes('remove-line') && !(liesOnScale && index === view.lines.length - 1)}
          />
        ))}
      </ul>
      <Figures view={view} photo={photo} />
    </section>
  )
}

function signOf(view: CounterView): SignKind {
  if (view.trouble !== null) return TROUBLE_TONE[view.trouble]
  if (view.phase === 'paid') return 'good'
  if (view.phase === 'insufficient') return 'stop'
  if (view.phase === 'diet-warning') return 'stop'
  if (view.phase === 'confirm') return 'wait'
  if (view.phase === 'ready') return 'act-card'
  return view.phase === 'idle' || view.phase === 'awaiting-plate' ? 'act' : 'wait'
}

function Status({ view, language }: { readonly view: CounterView; readonly language: Language }) {
  const { t } = useTranslation()
  const { trouble } = view
  return (
    <div className={`status status-${signOf(view)}`} role="status">
      <Sign kind={signOf(view)} />
      <div>
        <p className="status-phase">
          {trouble === null ? t(`office.phase.${view.phase}`) : t(`trouble.${trouble}.title`)}
        </p>
        {trouble === null &&
          view.warnings.map(({ dishId, name, why }) => (
            <p key={`${dishId}/${why.en}`} className="status-staff">
              {inWords(name, language)} · {inWords(why, language)}
            </p>
          ))}
        {trouble !== null && <p className="status-staff">{t(`trouble.${trouble}.staff`)}</p>}
        {view.held && (
          <p className="status-held">
            <Pause aria-hidden="true" /> {t('office.held')}
          </p>
        )}
      </div>
    </div>
  )
}

function OnScale({ view, language }: { readonly view: CounterView; readonly language: Language }) {
  const { t } = useTranslation()
  const { weighing, scale } = view
  const grams = weighing?.netMg ?? scale.grossMg
  return (
    <p className="on-scale">
      <span>{t('office.onScale')}</span>
      <span>{weighing?.name ? inWords(weighing.name, language) : ''}</span>
      <strong>
        {grams === null ? t('office.noWeight') : t('common.grams', { grams: gramsText(grams) })}
      </strong>
    </p>
  )
}

interface SaleLineProps extends Pick<SalePanelProps, 'language' | 'keys'> {
  readonly line: ViewLine
  readonly removable: boolean
}

function SaleLine({ line, language, keys, removable }: SaleLineProps) {
  const { t } = useTranslation()
  const name = inWords(line.name, language)
  const removing = t('office.removeLine', { name })
  return (
    <li className="sale-line">
      <span className="sale-name">{name}</span>
      <span className="sale-measure">
        {line.netMg === null
          ? t('common.portions', { count: line.quantity ?? 1 })
          : t('common.grams', { grams: gramsText(line.netMg) })}
      </span>
      <span className="sale-amount">{yuanText(line.amountFen)}</span>
      <KeyButton
        className="key-remove"
        name={`remove-line:${line.lineNo}`}
        label={removing}
        enabled={removable}
        onTouch={(atMs) => keys.touchKey({ kind: 'remove-line', lineNo: line.lineNo }, removing, atMs)}
      >
        <X aria-hidden="true" />
      </KeyButton>
    </li>
  )
}

type FigureLabel =
  'total' | 'discount' | 'subsidy' | 'grant' | 'wallet' | 'cash' | 'balance' | 'balanceAfter' | 'shortfall'

function figuresOf(view: CounterView): readonly (readonly [FigureLabel, number])[] {
  const { quote, payment, member, shortfallFen } = view
  const figures: [FigureLabel, number][] = [['total', quote?.priceFen ?? view.totalFen]]
  if (quote !== null && quote.discountFen !== 0) figures.push(['discount', -quote.discountFen])
  if (quote !== null) figures.push(['subsidy', -quote.subsidyFen])
  const grantFen = payment?.grantsFen ?? member?.grantsFen ?? 0
  if (grantFen > 0) figures.push(['grant', grantFen])
  if (payment !== null)
    figures.push(['wallet', payment.walletFen - (payment.grantsFen ?? 0)], ['cash', payment.cashFen])
  if (payment?.balanceAfterFen !== null && payment !== null)
    figures.push(['balanceAfter', payment.balanceAfterFen])
  else if (member !== null) figures.push(['balance', member.balanceFen])
  if (shortfallFen !== null) figures.push(['shortfall', shortfallFen])
  return figures
}

function Figures({ view, photo }: Pick<SalePanelProps, 'view' | 'photo'>) {
  const { t } = useTranslation()
  return (
    <div className="figures">
      <p className="figures-who">
        {photo !== null && view.member !== null && (
          <img className="figures-photo" src={photo} alt={t('office.photo')} data-photo />
        )}
        <span>{t('office.member')}</span>
        <strong>{view.member?.displayName ?? t('office.guest')}</strong>
      </p>
      <dl className="figures-list">
        {figuresOf(view).map(([label, fen]) => (
          <div key={label} className={`figure figure-${label}`}>
            <dt>{t(`office.${label}`)}</dt>
            <dd>{yuanText(fen)}</dd>
          </div>
        ))}
      </dl>
      <p className="figures-pay">
        <span>{t('office.selfPay')}</span>
        <strong>
          {yuanText(view.quote?.selfPayFen ?? view.totalFen)} <small>{t('common.yuanMark')}</small>
        </strong>
      </p>
    </div>
  )
}

function RefusalWords({ refusal }: { readonly refusal: Refusal | null }) {
  const { t } = useTranslation()
  if (refusal === null) return null
  const words =
    refusal.outcome === 'NOT_NOW'
      ? t('office.refused.NOT_NOW', { key: refusal.label, phase: t(`office.phase.${refusal.phase}`) })
      : t(`office.refused.${refusal.outcome}`, { key: refusal.label })
  return (
    <p className="refusal" role="alert" data-refused={refusal.outcome}>
      <TriangleAlert aria-hidden="true" /> {words}
    </p>
  )
}
