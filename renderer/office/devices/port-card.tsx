import { Button, Progress } from 'antd'
import { Cable, Plug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PluggedPort, SearchEvent } from '../../../shared/contract/devices.ts'
import type { Candidate, PortFinding, SearchProgress } from '../../../shared/contract/found-device.ts'
import { LiveWeight } from './live-weight.tsx'
import { Proof } from './proof.tsx'

interface PortCardProps {
  readonly port: PluggedPort
  /** What the present look said about this socket, in order. */
  readonly events: readonly SearchEvent[]
  readonly looking: boolean
  readonly onTry: (candidate: Candidate) => void
}

/** One socket: what it is, what it is used for, how far the look is, and what was found. */
export function PortCard({ port, events, looking, onTry }: PortCardProps) {
  const { t } = useTranslation()
  const last = events.at(-1)
  return (
    <article className="device-port" data-port={port.path} data-outcome={outcomeOf(last)}>
      <header>
        {port.usb ? <Plug aria-hidden="true" /> : <Cable aria-hidden="true" />}
        <div>
          <h2>
            {t(port.usb ? 'devices.usb' : 'devices.builtIn')}
            {port.maker !== null && <span> · {port.maker}</span>}
          </h2>
          <code>{shortName(port)}</code>
        </div>
        <span className="device-use" data-working={port.usedBy !== null && port.working}>
          {t(`devices.use.${useOf(port)}`, { bays: port.bayIds.join('、') })}
        </span>
      </header>
      {port.usedBy === 'scale' && !looking && <LiveWeight />}
      {last?.kind === 'progress' && looking && <Step progress={last.progress} />}
      {last?.kind === 'finding' && <Finding finding={last.finding} onTry={onTry} />}
    </article>
  )
}

const outcomeOf = (last: SearchEvent | undefined): string =>
  last === undefined ? 'none' : last.kind === 'progress' ? 'looking' : last.finding.outcome

function useOf({ usedBy, working }: PluggedPort) {
  if (usedBy === null) return 'free'
  if (usedBy === 'bay-scale') return working ? 'bayScale' : 'bayScaleStill'
  if (usedBy === 'bay-reader') return working ? 'bayReader' : 'bayReaderStill'
  if (usedBy === 'exit-reader') return working ? 'exitReader' : 'exitReaderStill'
  if (usedBy === 'id-reader') return working ? 'idReader' : 'idReaderStill'
  if (usedBy === 'scale') return working ? 'scale' : 'scaleStill'
  return working ? 'reader' : 'readerStill'
}

function shortName({ name }: PluggedPort): string {
  if ('usbPath' in name) return name.usbPath
  return 'serialNumber' in name ? name.serialNumber : name.path
}

function Step({ progress }: { readonly progress: SearchProgress }) {
  const { t } = useTranslation()
  const { step, line, title, done, of } = progress
  return (
    <div className="device-step">
      <Progress percent={Math.round((100 * done) / of)} showInfo={false} status="active" />
      <p>{t(`devices.step.${step}`, { baudRate: line.baudRate, title: title ?? '', done: done + 1, of })}</p>
    </div>
  )
}

function Finding({
  finding,
  onTry,
}: {
  readonly finding: PortFinding
  readonly onTry: (one: Candidate) => void
}) {
  const { t } = useTranslation()
  const { outcome, candidates, decision } = finding
  return (
    <div className="device-finding">
      <p className="device-outcome" data-outcome={outcome}>
        {t(`devices.outcome.${outcome}`)}
      </p>
      {decision !== null && <p className="device-decision">{t(`devices.decision.${decision}`)}</p>}
      <ul>
        {candidates.map((candidate) => (
          <li key={candidate.protocol} className="device-candidate" data-candidate={candidate.protocol}>
            <Proof candidate={candidate} />
            {candidate.confidence === 'capture-needed' ? (
              <p>{t('devices.captureNeeded')}</p>
            ) : (
              <Button
                size="large"
                type={candidates.length === 1 ? 'primary' : 'default'}
                data-action="try"
                onClick={() => onTry(candidate)}
              >
                {t('devices.try')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
