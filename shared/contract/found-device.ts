/** What looking for a device finds out, as the command line prints it and the office's wizard shows it. */

export interface FoundLine {
  readonly baudRate: number
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
}

/** What speaks against a protocol. */
export type Contradiction =
  | { readonly kind: 'bad-checksums'; readonly frames: number }
  /** Bytes between the frames that this protocol does not explain, in percent. */
  | { readonly kind: 'unexplained-bytes'; readonly percent: number }
  /** The scale shows another unit than kg or g, and is not sold with (SPEC DV-9). */
  | { readonly kind: 'foreign-unit'; readonly unit: string }
  /** The decimal point is not at the same place in every frame. */
  | { readonly kind: 'point-moves' }
  /** The device answers with its own complaint. */
  | { readonly kind: 'device-error'; readonly code: string }

/** How well the bytes that were heard fit one protocol. */
export interface Evidence {
  /** Frames that carry a weight or a card. */
  readonly values: number
  /** Other well-formed frames: overload, an acknowledgement, a tare. */
  readonly states: number
  /** True where a change of any one byte would have been noticed: the frame carries a checksum, and it fits. */
  readonly checked: boolean
  /** How much of what was heard belongs to frames, without a cut one at either end. */
  readonly explainedPercent: number
  readonly contradictions: readonly Contradiction[]
  /** The newest weight or card, under the names of `canteen decode`. */
  readonly last: Readonly<Record<string, unknown>> | null
}

/**
 * `certain`: several frames in a row whose checksums fit, and nothing speaks against it. `likely`: the same without a
 * checksum. `weak`: something was understood, and not enough to sell with.
 */
export type Grade = 'certain' | 'likely' | 'weak'

export interface Candidate {
  readonly kind: 'scale' | 'reader' | 'id-reader'
  /** The name for `canteen.json`, and others under which the same language is known. */
  readonly protocol: string
  readonly alsoCalled: readonly string[]
  readonly title: string
  readonly confidence: 'certain' | 'likely' | 'capture-needed'
  readonly line: FoundLine
  /** True when the device was asked and answered; false when it spoke by itself. */
  readonly asked: boolean
  readonly grade: Grade
  readonly evidence: Evidence
}

/**
 * What tells several candidates apart: `weigh-known`: put 1 kg on it, and take the one that reads 1.000. `put-something`:
 * so far there was only zero, which all of them read alike. `by-the-plate`: they read alike what was heard, and the maker's
 * name decides. `other-card`: they read the card differently; its printed number decides.
 */
export type Decision = 'weigh-known' | 'put-something' | 'by-the-plate' | 'other-card'

export interface PortFinding {
  readonly path: string
  /**
   * `several` proposals need a person; `unknown`: it talks, and nobody understands it; `silent`: nothing was heard;
   * `unavailable`: the port cannot be opened, `reason` says why.
   */
  readonly outcome: 'found' | 'several' | 'unknown' | 'silent' | 'unavailable'
  /** The best first. */
  readonly candidates: readonly Candidate[]
  readonly decision: Decision | null
  readonly reason: string | null
  /** The last bytes heard and how the line was set then, for support; null when there were none. */
  readonly heard: { readonly line: FoundLine; readonly bytes: number; readonly tailHex: string } | null
  readonly tookMs: number
}

/** How far the search on one port is. */
export interface SearchProgress {
  readonly path: string
  /** `listening` writes nothing. */
  readonly step: 'listening' | 'asking'
  readonly line: FoundLine
  /** The title of the protocol in whose words the device is asked. */
  readonly title: string | null
  readonly done: number
  readonly of: number
}
