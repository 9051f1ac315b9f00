import { FileX, ScrollText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PartHead, type PartProps } from './part.tsx'

/** The price display as its bytes have lit it, and the paper that hangs out of the printer, the newest first. */
export function PaperPart({ view, hands, act }: PartProps) {
  const { t } = useTranslation()
  const { digits, lamp } = view.display
  const { hasPaper, receipts } = view.printer
  return (
    <>
      <section className="trial-part" aria-label={t('trial.display')}>
        <PartHead
          device="display"
          plugged={view.plugged.display}
          state={t('trial.displayState')}
          hands={hands}
          act={act}
        />
        <div className="trial-digits" data-lamp={lamp}>
          <output data-digits={digits}>{digits === '' ? t('trial.dark') : digits}</output>
          <ul aria-hidden="true">
            {(['price', 'total', 'paid', 'change'] as const).map((name) => (
              <li key={name} className={name === lamp ? 'trial-lamp-on' : undefined}>
                {t(`trial.lamp.${name}`)}
              </li>
            ))}
          </ul>
        </div>
      </section>
      <section className="trial-part" aria-label={t('trial.printer')}>
        <PartHead
          device="printer"
          plugged={view.plugged.printer}
          state={t(hasPaper ? 'trial.printerState' : 'trial.noPaper')}
          hands={hands}
          act={act}
        />
        <button
          type="button"
          className="trial-key trial-plug-key"
          data-hand="paper"
          onClick={() => act(hands.setPaper(!hasPaper))}
        >
          {hasPaper ? <FileX aria-hidden="true" /> : <ScrollText aria-hidden="true" />}
          {t(hasPaper ? 'trial.takePaper' : 'trial.givePaper')}
        </button>
        <div className="trial-tape" data-receipts={receipts.length}>
          {receipts.length === 0 && <p>{t('trial.noReceipts')}</p>}
          {receipts.toReversed().map((text) => (
            <pre key={text}>{text.replace(/^\n+/, '').trimEnd()}</pre>
          ))}
        </div>
      </section>
    </>
  )
}
