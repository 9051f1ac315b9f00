import { parseArgs } from 'node:util'
import type {
  Candidate,
  Contradiction,
  Decision,
  PortFinding,
  SearchProgress,
} from '../../../shared/contract/found-device.ts'
import type { PortInfo } from '../../station/deps.ts'
import { lineText } from '../../station/devices/capture/capture.ts'
import { FROM_THE_PLATE, fragmentOf } from '../../station/devices/detect/proposal.ts'
import { searchPort } from '../../station/devices/detect/search.ts'
import { nodeSerialBus } from '../../station/devices/serial-bus.ts'
import { systemTimers } from '../../station/system.ts'
import { EXIT, type Streams } from '../command.ts'

const OPTIONS = {
  port: { type: 'string', multiple: true },
  ask: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

/** Looks on the ports named, or on all of them at once. */
export async function detect(args: readonly string[], { out, err }: Streams): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  const say = values.json ? () => undefined : (text: string): void => err.write(text)
  const bus = nodeSerialBus()
  const ports = await bus.list()
  const paths = values.port ?? [...new Set(ports.map(({ path }) => path))]
  if (paths.length === 0) {
    err.write('canteen devices: no serial port is plugged in')
    return EXIT.unusable
  }
  const leaving = new AbortController()
  const leave = (): void => leaving.abort()
  process.once('SIGINT', leave)
  const search = { ask: values.ask, signal: leaving.signal, tell: teller(say) }
  const findings = await Promise.all(
    paths.map(async (path) => {
      const finding = await searchPort({ bus, timers: systemTimers }, path, search)
      for (const line of findingWords(finding, values.ask)) say(`${path}: ${line}`)
      return finding
    }),
  )
  process.removeListener('SIGINT', leave)
  const result = { findings: findings.map((finding) => withFragments(finding, ports)) }
  out.write(values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2))
  return exitOf(findings)
}

/** Done when a device was found, a finding when nothing is sure, unusable when no port could be opened. */
function exitOf(findings: readonly PortFinding[]): number {
  if (findings.some(({ outcome }) => outcome === 'found')) return EXIT.done
  return findings.every(({ outcome }) => outcome === 'unavailable') ? EXIT.unusable : EXIT.findings
}

const withFragments = (finding: PortFinding, ports: readonly PortInfo[]): object => ({
  ...finding,
  candidates: finding.candidates.map((candidate) => ({
    ...candidate,
    canteenJson: fragmentOf(candidate, finding, ports),
    ...(candidate.kind === 'scale' ? { fromThePlate: FROM_THE_PLATE } : {}),
  })),
})

const teller =
  (say: (text: string) => void) =>
  ({ path, step, line, title, done, of }: SearchProgress): void =>
    say(
      step === 'listening'
        ? `${path}: listening at ${lineText(line)} (${done + 1} of ${of})`
        : `${path}: asking as ${title ?? 'a scale'} is asked, at ${lineText(line)} (${done + 1} of ${of})`,
    )

function findingWords(finding: PortFinding, asked: boolean): string[] {
  const { outcome, candidates, decision, reason, heard, tookMs } = finding
  const after = `after ${(tookMs / 1000).toFixed(1)} s`
  switch (outcome) {
    case 'unavailable':
      return [`cannot be opened: ${reason ?? ''}`]
    case 'silent':
      return [
        `nothing was heard ${after}. ${asked ? 'Is it switched on?' : 'A scale that waits to be asked is found with --ask; for a reader lay a card on it.'}`,
      ]
    case 'unknown':
      return [
        `something speaks here (${heard?.bytes ?? 0} bytes), and no protocol is sure ${after}: make a capture with 'devices record'`,
        ...candidates.map(candidateWords),
      ]
    case 'found':
    case 'several':
      return [
        ...candidates.map((candidate) => `${candidateWords(candidate)}, ${after}`),
        ...(decision === null ? [] : [DECISIONS[decision]]),
      ]
  }
}

function candidateWords({ protocol, title, line, grade, confidence, evidence }: Candidate): string {
  const { values, checked, explainedPercent, contradictions, last } = evidence
  const proof = checked ? `${values} frames with fitting checksums` : `${values} frames`
  const against = contradictions.map((one) => `; against it: ${CONTRADICTIONS[one.kind]}`).join('')
  const capture = confidence === 'capture-needed' ? ' (not sold with: a capture is needed)' : ''
  return `${grade}: ${title} (${protocol}) at ${lineText(line)}${capture}: ${proof}, ${explainedPercent} % of the bytes explained, last ${JSON.stringify(last)}${against}`
}

const CONTRADICTIONS: Readonly<Record<Contradiction['kind'], string>> = {
  'bad-checksums': 'frames whose checksum does not fit',
  'unexplained-bytes': 'bytes that it does not explain',
  'foreign-unit': 'the scale shows another unit than kg or g',
  'point-moves': 'the decimal point moves',
  'device-error': 'the device complains',
}

const DECISIONS: Readonly<Record<Decision, string>> = {
  'weigh-known': 'put exactly 1 kg on the scale and look again: the right one reads 1.000',
  'put-something':
    'put something on the scale, best a known kilogram, and look again: zero reads alike in all of them',
  'by-the-plate': 'they read alike; take the one whose maker stands on the plate',
  'other-card': 'compare with the number printed on the card, or try another card',
}
