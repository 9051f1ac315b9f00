import { CircleCheck, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { StationHealth } from '../../../shared/contract/station.ts'
import type { CounterView } from '../../../shared/domain/checkout/view.ts'

type Light = 'good' | 'wait' | 'stop'

const SHAPES: Readonly<Record<Light, LucideIcon>> = { good: CircleCheck, wait: TriangleAlert, stop: OctagonX }

interface LampProps {
  readonly name: 'scale' | 'reader' | 'printer' | 'book' | 'clock'
  readonly light: Light
  readonly state: string
  readonly detail?: string
}

function Lamp({ name, light, state, detail }: LampProps) {
  const { t } = useTranslation()
  const Shape = SHAPES[light]
  return (
    <li className={`lamp lamp-${light}`} data-lamp={name} data-light={light} title={detail}>
      <Shape aria-hidden="true" />
      <span>
        {t(`office.lamps.${name}`)} <strong>{state}</strong>
      </span>
    </li>
  )
}

/** Receipts that wait are told by their number: selling goes on meanwhile. */
function PrinterLamp({ printer }: { readonly printer: NonNullable<StationHealth['printer']> }) {
  const { t } = useTranslation()
  const { connected, trouble, waiting } = printer
  const works = connected && trouble === null
  const state = works
    ? t('office.lamps.printerState.good')
    : waiting > 0
      ? t('office.lamps.printerState.waiting', { count: waiting })
      : t('office.lamps.printerState.off')
  return <Lamp name="printer" light={works ? 'good' : 'wait'} state={state} />
}

/** Scale, reader, printer, book and date: each with its word, its shape and its colour. */
export function Lamps({
  view,
  health,
}: {
  readonly view: CounterView
  readonly health: StationHealth | null
}) {
  const { t } = useTranslation()
  const scale = view.scale.state
  const scaleLight = scale === 'ok' ? 'good' : scale === 'disconnected' || scale === 'stale' ? 'stop' : 'wait'
  const notice = health?.scale?.lock ?? health?.scale?.advice[0] ?? null
  const locked = (health?.scale?.lock ?? null) !== null
  const hasScale = health === null || health.scale !== null
  const hasReader = health === null || health.reader !== null
  return (
    <ul className="lamps" aria-label={t('office.lamps.title')}>
      <Lamp
        name="scale"
        light={
          !hasScale
            ? 'wait'
            : notice === null || scaleLight === 'stop'
              ? scaleLight
              : locked
                ? 'stop'
                : 'wait'
        }
        state={
          !hasScale
            ? t('office.lamps.none')
            : scaleLight === 'good' && notice !== null
              ? t(`office.lamps.scaleNotice.${notice}`)
              : t(`office.lamps.scaleState.${scale}`)
        }
        {...(health?.scale
          ? { detail: t('office.lamps.verifiedUntil', { date: health.scale.verifiedUntil }) }
          : {})}
      />
      <Lamp
        name="reader"
        light={!hasReader ? 'wait' : view.reader.connected ? 'good' : 'stop'}
        state={
          hasReader
            ? t(`office.lamps.readerState.${view.reader.connected ? 'on' : 'off'}`)
            : t('office.lamps.none')
        }
      />
      {health?.printer && <PrinterLamp printer={health.printer} />}
      {health === null ? (
        <Lamp name="book" light="wait" state={t('office.lamps.unknown')} />
      ) : (
        <Lamp
          name="book"
          light={health.book.state === 'open' ? 'good' : health.book.state === 'reopening' ? 'wait' : 'stop'}
          state={t(`office.lamps.bookState.${health.book.state}`)}
          detail={t('office.lamps.entries', { count: health.book.entries })}
        />
      )}
      {health !== null && (
        <Lamp
          name="clock"
          light={health.clock === 'ok' ? 'good' : health.clock === 'behind' ? 'wait' : 'stop'}
          state={t(`office.lamps.clockState.${health.clock}`)}
        />
      )}
    </ul>
  )
}
