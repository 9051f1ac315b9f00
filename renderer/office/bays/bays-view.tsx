import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BayKey } from '../../../shared/domain/bays/state.ts'
import type { BayOverview, BaysView as View, TrayOverview } from '../../../shared/domain/bays/view.ts'
import type { Language } from '../../i18n/language.ts'
import { gramsText, yuanText } from '../../ui/format.ts'
import { PageFrame } from '../shell/page-frame.tsx'
import type { ToCancel } from './cancel-food.tsx'
import { NotSold } from './not-sold.tsx'
import './bays.css'

interface BaysViewProps {
  readonly view: View
  readonly language: Language
  readonly onKey: (key: Exclude<BayKey, ToCancel['key']>) => void
  readonly onCancel: (asked: ToCancel) => void
}

/** Each pan and each tray that is not paid yet; what needs a person stands out with its words and its keys. */
export function BaysView({ view, language, onKey, onCancel }: BaysViewProps) {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('shell.pages.bays')} lead={t('bays.office.lead')}>
      <div className="bays-list">
        {view.bays.map((bay) => (
          <BayCard key={bay.bayId} bay={bay} language={language} onKey={onKey} />
        ))}
      </div>
      <h2 className="bays-heading">{t('bays.office.trays')}</h2>
      {view.trays.length === 0 && <p>{t('bays.office.noTrays')}</p>}
      <div className="bays-list">
        {view.trays.map((tray) => (
          <TrayCard key={tray.trayId} tray={tray} language={language} onKey={onKey} onCancel={onCancel} />
        ))}
      </div>
      <NotSold view={view} language={language} />
    </PageFrame>
  )
}

type BayKeyKind = Exclude<BayKey, { trayId: string }>['kind']
const isBayKey = (kind: BayKey['kind']): kind is BayKeyKind =>
  ['refill-begin', 'refill-end', 'accept-take', 'new-level', 'release'].includes(kind)

type BayCardProps = { readonly bay: BayOverview } & Pick<BaysViewProps, 'language' | 'onKey'>

function BayCard({ bay, language, onKey }: BayCardProps) {
  const { t } = useTranslation()
  const { bayId, dish, phase, trouble, displayName, panMg, oddMg, netMg } = bay
  const name = dish === null ? bay.dishId : language === 'en' ? dish.name.en : dish.name.zh
  const state = trouble === null ? t(`bays.office.phase.${phase}`) : t(`bays.trouble.${trouble}.title`)
  return (
    <article className="bays-card" data-bay={bayId} data-phase={phase}>
      <h3>
        {bayId} · {name}
      </h3>
      <p className="bays-state">{state}</p>
      <p>
        {t('bays.office.pan')} {panMg === null ? '—' : t('common.grams', { grams: gramsText(panMg) })}
        {oddMg !== null && ` · ${t('bays.office.odd', { grams: gramsText(oddMg) })}`}
      </p>
      {displayName !== null && (
        <p>
          {displayName} · {t('common.grams', { grams: gramsText(netMg) })}
        </p>
      )}
      <p className="bays-keys">
        {bay.keys.filter(isBayKey).map((kind) => (
          <Button key={kind} size="large" data-key={kind} onClick={() => onKey({ kind, bayId })}>
            {t(`bays.office.keys.${kind}`)}
          </Button>
        ))}
      </p>
    </article>
  )
}

type TrayCardProps = { readonly tray: TrayOverview } & Omit<BaysViewProps, 'view'>

function TrayCard({ tray, language, onKey, onCancel }: TrayCardProps) {
  const { t } = useTranslation()
  const { trayId, displayName, state, because, totalFen, missingFen, lines, keys } = tray
  const who = displayName ?? t('bays.office.noName')
  const nameOf = (line: TrayOverview['lines'][number]) => (language === 'en' ? line.name.en : line.name.zh)
  const cancelLine = (line: TrayOverview['lines'][number]) =>
    onCancel({
      key: { kind: 'cancel-line', trayId, bayId: line.bayId },
      words: t('bays.office.cancel.line', {
        who,
        dish: nameOf(line),
        grams: gramsText(line.netMg),
        amount: yuanText(line.amountFen),
      }),
    })
  const cancelTray = () =>
    onCancel({
      key: { kind: 'cancel-tray', trayId },
      words: t('bays.office.cancel.tray', { who, dishes: lines.length, amount: yuanText(totalFen) }),
    })
  return (
    <article className="bays-card" data-tray={trayId} data-phase={state}>
      <h3>
        {who} · {yuanText(totalFen)} {t('common.yuanMark')}
      </h3>
      <p className="bays-state">
        {because === null ? t(`bays.office.state.${state}`) : t(`bays.office.because.${because}`)}
        {missingFen > 0 && ` ${yuanText(missingFen)} ${t('common.yuanMark')}`}
      </p>
      {lines.map((line) => (
        <p key={line.bayId} className="bays-line">
          {nameOf(line)} · {t('common.grams', { grams: gramsText(line.netMg) })}
          {keys.includes('cancel-line') && (
            <Button data-key="cancel-line" onClick={() => cancelLine(line)}>
              {t('bays.office.keys.cancel-line')}
            </Button>
          )}
        </p>
      ))}
      <p className="bays-keys">
        {(['close-tray', 'confirm-tray', 'take-cash', 'guest-cash'] as const)
          .filter((kind) => keys.includes(kind))
          .map((kind) => (
            <Button key={kind} size="large" data-key={kind} onClick={() => onKey({ kind, trayId })}>
              {t(`bays.office.keys.${kind}`)}
            </Button>
          ))}
        {keys.includes('cancel-tray') && (
          <Button size="large" danger data-key="cancel-tray" onClick={cancelTray}>
            {t('bays.office.keys.cancel-tray')}
          </Button>
        )}
      </p>
    </article>
  )
}
