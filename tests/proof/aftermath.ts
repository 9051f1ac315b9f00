import type { Book } from '../../electron/station/book/book.ts'
import type { SaleDraft, SettleOutcome } from '../../shared/domain/sale.ts'
import type { Random } from '../fixtures/random.ts'
import type { Finding } from './examine.ts'
import { mealFor, memberIdOf, seededIds } from './lunch.ts'
import type { Story, TopUp } from './story.ts'
import { payIn, type HandClock } from './till.ts'

/**
 * What the counter does after a crash: finishes each deed that was in flight, with its own key, then serves one more
 * guest. The story hears of it all.
 */
export function sellAgain(
  book: Book,
  story: Story,
  finding: Finding,
  random: Random,
  clock: HandClock,
): void {
  for (const deed of story.unanswered) {
    if (deed.kind === 'sale') retry(book, deed.draft, story, finding)
    else pay(book, deed.topUp, story)
  }
  const ids = seededIds(random.fork('afterwards'), () => clock.nowMs())
  pay(book, { topUpId: ids.next(), memberId: memberIdOf(0), amountFen: 100_000 }, story)
  const businessDate = new Date(clock.nowMs()).toISOString().slice(0, 10)
  const draft = mealFor({ saleId: ids.next(), memberNumber: null, businessDate, mealPeriod: 'lunch' }, random)
  const outcome = settle(book, draft, story)
  if (outcome.kind !== 'settled') finding.broken.push(`does not sell again: ${JSON.stringify(outcome)}`)
}

function pay(book: Book, topUp: TopUp, story: Story): void {
  story.note({ begins: { kind: 'top-up', topUp } })
  payIn(book, topUp)
  story.note({ done: 'top-up', result: 'appended' })
}

function settle(book: Book, draft: SaleDraft, story: Story): SettleOutcome {
  story.note({ begins: { kind: 'sale', draft } })
  const outcome = book.settle(draft)
  story.note({ done: 'sale', result: outcome.kind === 'refused' ? outcome.reason : outcome.kind })
  return outcome
}

/** The counter asks by the key and settles again with it: one charge, whatever had happened. */
function retry(book: Book, draft: SaleDraft, story: Story, finding: Finding): void {
  const known = book.outcomeOf(draft.saleId)
  if (known === null) finding.notThere += 1
  else finding.thereAfterAll += 1
  const balanceBefore = draft.memberId === null ? 0 : book.balanceOf(draft.memberId)
  const outcome = settle(book, draft, story)
  const again = book.settle(draft)
  const balanceAfter = draft.memberId === null ? 0 : book.balanceOf(draft.memberId)
  const charged = outcome.kind === 'settled' ? draft.tender.walletFen : 0
  if (known !== null && outcome.kind !== 'exists')
    finding.broken.push(`sale ${draft.saleId} was found, then ${outcome.kind}`)
  if (known === null && outcome.kind === 'exists')
    finding.broken.push(`sale ${draft.saleId} was not found, but exists`)
  if (outcome.kind !== 'refused' && again.kind !== 'exists')
    finding.broken.push(`sale ${draft.saleId} was ${outcome.kind}, then ${again.kind}`)
  if (balanceBefore - balanceAfter !== charged)
    finding.broken.push(`sale ${draft.saleId} took ${balanceBefore - balanceAfter} fen instead of ${charged}`)
}
