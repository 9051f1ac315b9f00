import { rmSync } from 'node:fs'
import { openBook } from '../../electron/station/book/book.ts'
import { shippedPacks } from '../../electron/station/shipped-packs.ts'
import { seedCrowd } from '../../electron/trial/demo/crowd.ts'
import { cardFrame } from '../../electron/trial/wires/frames.ts'
import { fen } from '../../shared/domain/units.ts'
import { bookOptions, furnish } from '../fixtures/books.ts'
import { CounterStation, READER } from '../fixtures/counter-station.ts'
import { copyOf, keptBook } from './books.ts'
import { atMost, quantile, type Measurement } from './measurement.ts'

const MEMBERS = 50_000
const TAPS = 400
const WARM_UP = 20
const WALLET_FEN = 100_000

/** Every hundredth member or so taps. */
const tappers = Array.from({ length: TAPS + WARM_UP }, (_, index) => (index * 7_919) % MEMBERS)
const memberOf = (index: number): string => `sample-${String(index).padStart(5, '0')}`
const cardOf = (index: number): string => String(7_000_000_000 + index)

/**
 * From the frame that confirms a card to the price that is shown, inside the station: the member is looked up, what she ate
 * before is counted, and the pack in force is asked, in a book of 50,000 members and all the packs that come with the product.
 * Each meal asks for her PIN, so that nothing is written: what writing costs is the settlement's figure. Time passes only on
 * demand, so nothing is waited for but the work itself.
 */
export async function tapQuote(say: (line: string) => void): Promise<Measurement[]> {
  const folder = copyOf(largeCanteen(say), 'taps')
  const till = new CounterStation({ folder, cards: { confirmAboveFen: fen(1) } })
  const tookMs: number[] = []
  try {
    await till.pass(2_500)
    for (const [sale, index] of tappers.entries()) {
      await till.empty()
      await till.pass(3_000)
      await till.plate(200 + (sale % 50) * 2)
      const frame = cardFrame(cardOf(index))
      till.bus.send(READER, frame)
      await till.pass(65)
      const startedMs = performance.now()
      till.bus.send(READER, frame)
      await till.pass(1)
      const ms = performance.now() - startedMs
      const { phase, confirm } = till.view
      if (phase !== 'confirm' || confirm === null) throw new Error(`tap ${sale} left the counter ${phase}`)
      if (till.station.counter.press({ kind: 'cancel' }) !== null) throw new Error(`meal ${sale} stays`)
      if (sale >= WARM_UP) tookMs.push(ms)
    }
  } finally {
    await till.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  say(`p50 ${quantile(tookMs, 0.5).toFixed(2)} ms, ${shippedPacks().length} packs`)
  return [atMost('tap-quote-p99-ms', quantile(tookMs, 0.99), 'ms', 5)]
}

/** A book that a counter of the tests can open, with every pack and a city's members in it. */
const largeCanteen = (say: (line: string) => void): string =>
  keptBook(`taps-${MEMBERS}`, (folder) => {
    say(`building a book: ${MEMBERS} members and every pack`)
    const book = openBook(bookOptions({ folder }))
    furnish(book)
    for (const pack of shippedPacks()) book.append({ kind: 'policy.published', body: { pack } }, 'bench')
    let ids = 0
    seedCrowd(book, MEMBERS, WALLET_FEN, () => `top-up-${(ids += 1)}`)
    for (const index of new Set(tappers)) book.issueCard(cardOf(index), memberOf(index), 'bench')
    book.close()
  })
