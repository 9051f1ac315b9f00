import { READER_PROTOCOLS, SCALE_PROTOCOLS } from '../../../electron/station/devices/protocols/index.ts'
import { Framer } from '../../../electron/station/devices/protocols/framer.ts'
import type { Grammar } from '../../../electron/station/devices/protocols/grammar.ts'
import vectorFile from '../../fixtures/vectors.json' with { type: 'json' }
import { seededRandom } from '../../fixtures/random.ts'

/** A read of a terminal has at most this many bytes. */
const LONGEST_CHUNK = 4096
/** Of the heap, before and after a protocol's stream: more than this would be a framer that remembers. */
const MOST_GROWTH_BYTES = 32 * 2 ** 20

export interface FramerFigures {
  readonly protocol: string
  readonly bytes: number
  /** Things that were said; random bytes say something now and then, the protocol's own frames between them often. */
  readonly said: number
  readonly seconds: number
  readonly grownBytes: number
  /** Bytes still held at the end. */
  readonly held: number
  readonly fault: string | null
}

/** Sends random bytes, with frames of the protocol and pieces of them between, through the framer of each protocol. */
export function framerCampaign(
  seed: string,
  bytesEach: number,
  report: (line: string) => void,
): readonly FramerFigures[] {
  const languages = Object.entries({ ...SCALE_PROTOCOLS, ...READER_PROTOCOLS })
  return languages.map(([protocol, { grammar }]) => {
    const figures = oneStream(seed, protocol, grammar, bytesEach)
    report(`  ${protocol}: ${figures.said} said, ${figures.seconds.toFixed(1)} s`)
    return figures
  })
}

const framesOf = (protocol: string): readonly Uint8Array[] =>
  vectorFile.flatMap((vector) =>
    vector.protocol === protocol && 'hex' in vector ? [Uint8Array.from(Buffer.from(vector.hex, 'hex'))] : [],
  )

function oneStream(seed: string, protocol: string, grammar: Grammar, bytesEach: number): FramerFigures {
  const random = seededRandom(`${seed} ${protocol}`)
  const frames = framesOf(protocol)
  let said = 0
  const framer = new Framer(grammar, () => {
    said += 1
  })
  const heapBefore = process.memoryUsage().heapUsed
  const started = performance.now()
  let bytes = 0
  let fault: string | null = null
  try {
    while (bytes < bytesEach) {
      const ownFrame = frames.length > 0 && random.chance(0.3)
      const whole = ownFrame ? random.pick(frames) : random.bytes(random.integer(1, LONGEST_CHUNK))
      const chunk =
        ownFrame && random.chance(0.3) ? whole.subarray(random.integer(0, whole.length - 1)) : whole
      framer.push(chunk)
      bytes += chunk.length
    }
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error)
  }
  const seconds = (performance.now() - started) / 1000
  const grownBytes = process.memoryUsage().heapUsed - heapBefore
  const dropped = framer.counters.droppedBytes
  framer.reset()
  const held = framer.counters.droppedBytes - dropped
  return {
    protocol,
    bytes,
    said,
    seconds,
    grownBytes,
    held,
    fault: fault ?? faultOf(grammar, grownBytes, held),
  }
}

function faultOf(grammar: Grammar, grownBytes: number, held: number): string | null {
  if (held > grammar.longest) return `${held} bytes are held, and no frame is longer than ${grammar.longest}`
  return grownBytes > MOST_GROWTH_BYTES ? `the heap grew by ${grownBytes} bytes` : null
}
