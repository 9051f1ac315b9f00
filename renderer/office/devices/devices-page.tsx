import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox } from 'antd'
import { Cable, RefreshCw, Search, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DevicesPage as Page, SearchEvent, ScalePlate } from '../../../shared/contract/devices.ts'
import type { Candidate } from '../../../shared/contract/found-device.ts'
import { codeOf, station } from '../../stores/office.ts'
import { Asked } from '../shell/asked.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import { dataOf, useProblemWords } from '../shell/problem-words.ts'
import './devices.css'
import { PortCard } from './port-card.tsx'
import { RestartBar } from './restart-bar.tsx'
import { TryDialog } from './try-dialog.tsx'

/** One look at the sockets: which, whether silent ones are asked, and which look it is. */
interface Look {
  readonly number: number
  readonly paths: string[]
  readonly ask: boolean
}

interface Tried {
  readonly path: string
  readonly candidate: Candidate
}

/** What is plugged in, and whether it works, as it is now. */
const REFRESH_MS = 1500

/** Finds out what is plugged in, lets a person try it, and writes it down. */
export default function DevicesPage() {
  const page = useQuery({ ...station.devices.page.queryOptions(), refetchInterval: REFRESH_MS })
  return (
    <Asked query={page}>{(found) => <Wizard page={found} onRefresh={() => void page.refetch()} />}</Asked>
  )
}

function Wizard({ page, onRefresh }: { readonly page: Page; readonly onRefresh: () => void }) {
  const { t } = useTranslation()
  const [ask, setAsk] = useState(false)
  const [tried, setTried] = useState<Tried | null>(null)
  const { events, looking, looked, begin, stop } = useLook()
  const choice = useChoice(() => {
    setTried(null)
    onRefresh()
  })
  const paths = page.ports.map(({ path }) => path)
  return (
    <PageFrame
      title={t('devices.title')}
      lead={t('devices.lead')}
      actions={
        <>
          <Button
            size="large"
            icon={<RefreshCw aria-hidden="true" />}
            data-action="refresh"
            onClick={onRefresh}
          >
            {t('devices.refresh')}
          </Button>
          <LookKey
            looking={looking}
            looked={looked}
            disabled={paths.length === 0}
            onLook={() => begin(paths, ask)}
            onStop={stop}
          />
        </>
      }
    >
      <div className="devices" data-looking={looking}>
        {choice.problem !== null && (
          <Alert showIcon type="error" title={choice.problem} data-choice={false} />
        )}
        <RestartBar needed={page.restartNeeded} />
        <AskBox ask={ask} disabled={looking} onChange={setAsk} />
        <Ports
          ports={page.ports}
          events={events}
          looking={looking}
          onTry={(path, candidate) => setTried({ path, candidate })}
        />
      </div>
      {tried !== null && (
        <TryDialog
          {...tried}
          plate={page.plate}
          busy={choice.pending}
          onChoose={(unit, plate) => choice.choose(tried, unit, plate)}
          onClose={() => setTried(null)}
        />
      )}
    </PageFrame>
  )
}

interface LookKeyProps {
  readonly looking: boolean
  /** Something was found: what comes next is to try it. */
  readonly looked: boolean
  readonly disabled: boolean
  readonly onLook: () => void
  readonly onStop: () => void
}

function LookKey({ looking, looked, disabled, onLook, onStop }: LookKeyProps) {
  const { t } = useTranslation()
  if (looking)
    return (
      <Button size="large" icon={<X aria-hidden="true" />} data-action="stop" onClick={onStop}>
        {t('devices.stop')}
      </Button>
    )
  return (
    <Button
      type={looked ? 'default' : 'primary'}
      size="large"
      icon={<Search aria-hidden="true" />}
      data-action="look"
      disabled={disabled}
      onClick={onLook}
    >
      {t('devices.look')}
    </Button>
  )
}

interface AskBoxProps {
  readonly ask: boolean
  readonly disabled: boolean
  readonly onChange: (ask: boolean) => void
}

/** Whether ports may be written to: never by itself. */
function AskBox({ ask, disabled, onChange }: AskBoxProps) {
  const { t } = useTranslation()
  return (
    <Checkbox
      checked={ask}
      disabled={disabled}
      data-action="ask"
      onChange={({ target }) => onChange(target.checked)}
    >
      <span className="devices-ask">
        <strong>{t('devices.ask')}</strong>
        <small>{t('devices.askHint')}</small>
      </span>
    </Checkbox>
  )
}

interface PortsProps {
  readonly ports: Page['ports']
  readonly events: readonly SearchEvent[]
  readonly looking: boolean
  readonly onTry: (path: string, candidate: Candidate) => void
}

function Ports({ ports, events, looking, onTry }: PortsProps) {
  const { t } = useTranslation()
  if (ports.length === 0)
    return (
      <p className="devices-none">
        <Cable aria-hidden="true" /> {t('devices.none')}
      </p>
    )
  return (
    <ul className="devices-ports">
      {ports.map((port) => (
        <li key={port.path}>
          <PortCard
            port={port}
            events={events.filter((event) => pathOf(event) === port.path)}
            looking={looking}
            onTry={(candidate) => onTry(port.path, candidate)}
          />
        </li>
      ))}
    </ul>
  )
}

/** The present look at the sockets, and what it has said so far. */
function useLook() {
  const [look, setLook] = useState<Look | null>(null)
  const search = useQuery({
    ...station.devices.search.experimental_streamedOptions({
      input: { paths: look?.paths ?? [''], ask: look?.ask ?? false },
      queryKey: ['devices', 'search', look?.number ?? 0],
    }),
    enabled: look !== null,
    retry: false,
    gcTime: 0,
  })
  return {
    events: search.data ?? [],
    looked: search.data !== undefined,
    looking: look !== null && search.fetchStatus === 'fetching',
    begin: (paths: string[], ask: boolean) => setLook({ number: (look?.number ?? 0) + 1, paths, ask }),
    stop: () => setLook(null),
  }
}

const pathOf = (event: SearchEvent): string =>
  event.kind === 'progress' ? event.progress.path : event.finding.path

/** Writes a device into the configuration, and says how that went. */
function useChoice(onDone: () => void) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const choose = useMutation(station.devices.choose.mutationOptions({ onSettled: onDone }))
  const problemOf = (error: unknown): string => {
    if (codeOf(error) === 'NOTHING_TO_WRITE_INTO') return t('devices.noFile')
    if (codeOf(error) === 'NOT_USABLE')
      return t('devices.notUsable', { problems: String(dataOf(error)['problems']) })
    return words(error)
  }
  return {
    pending: choose.isPending,
    problem: choose.error === null ? null : problemOf(choose.error),
    choose: ({ path, candidate }: Tried, unit: 'kg' | 'g', plate: ScalePlate | null) =>
      choose.mutate({ path, protocol: candidate.protocol, line: candidate.line, unit, plate }),
  }
}
