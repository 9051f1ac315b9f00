import { describe, expect, test } from 'vitest'
import { Paper } from '../../../electron/station/receipts/paper.ts'
import { writeQuote } from '../../../electron/station/receipts/quote-rows.ts'
import { payersText } from '../../../renderer/counter/reckoning.tsx'
import { amountToClips } from '../../../renderer/voice/numbers.ts'
import { speechToClips } from '../../../renderer/voice/speech.ts'
import { inWords, LANGUAGES } from '../../../renderer/i18n/language.ts'
import { takeOutcome } from '../../../shared/domain/checkout/outcome.ts'
import { initialState, type CheckoutContext } from '../../../shared/domain/checkout/state.ts'
import type { Speech } from '../../../shared/domain/checkout/view.ts'
import { auditSteps, providerWords } from '../../../shared/domain/policy/audit-words.ts'
import { quote } from '../../../shared/domain/policy/engine.ts'
import { funderNamesIn, payersOf, payersUnder } from '../../../shared/domain/policy/payers.ts'
import type { PolicyPack, Quote } from '../../../shared/domain/policy/types.ts'
import { fen } from '../../../shared/domain/units.ts'
import { saleDraft } from '../../fixtures/books.ts'
import { goldenCases, packOf, rulePacks, shippedPacks } from '../../fixtures/policy/golden.ts'
import { phaseFixtures } from '../../fixtures/views.ts'

const shipped = shippedPacks()
const packs = [...shipped, ...rulePacks()]
const yuan = (amountFen: number): string => (amountFen / 100).toFixed(2)

/** What the counter says when the book has settled this quote. */
function saidOf(quoted: Quote, pack: PolicyPack): Speech {
  const draft = { ...saleDraft(), quote: quoted }
  const state = { ...initialState('plate'), settling: { draft, displayName: null } }
  const context = { nowMs: 0, pack, menu: { defaultPlateId: 'plate' } } as CheckoutContext
  const outcome = { kind: 'settled', saleId: draft.saleId, balanceAfterFen: fen(0), entryHash: '' } as const
  const { speech } = takeOutcome(state, outcome, context)
  if (speech === null) throw new Error('nothing is said')
  return speech
}

/** What should be said somewhere and is not; each with where it was looked for. */
class Missing {
  readonly found: string[] = []

  unless(holds: boolean, what: string): void {
    if (!holds) this.found.push(what)
  }

  inAll(texts: readonly (string | undefined)[], part: string, where: string): void {
    for (const text of texts) this.unless(text?.includes(part) === true, `${where}: '${part}' in '${text}'`)
  }
}

/** Each step has words for a senior, with its amount and who pays it, and for an auditor, with its rule. */
function stepsMissing(quoted: Quote, pack: PolicyPack, missing: Missing): void {
  const nameOf = funderNamesIn(pack)
  const audit = auditSteps(quoted, nameOf)
  for (const [index, { kind, words, ruleId, changeFen, afterFen }] of quoted.steps.entries()) {
    const forAuditor = [audit[index]?.zh, audit[index]?.en]
    missing.unless(/[\u4E00-\u9FFF]/.test(words.zh), `${kind}: no Chinese words`)
    missing.unless(/\S/.test(words.en) && !/[\u4E00-\u9FFF]/.test(words.en), `${kind}: no English words`)
    if (kind !== 'self-pay' && kind !== 'price') missing.inAll(forAuditor, `[${ruleId}]`, 'audit')
    if (changeFen !== 0) missing.inAll([words.zh, words.en, ...forAuditor], yuan(Math.abs(changeFen)), kind)
    if (kind === 'self-pay' && afterFen > 0) missing.inAll([words.zh, words.en], yuan(afterFen), kind)
    if (kind !== 'benefit') continue
    const funders = quoted.benefits.find(({ benefitId }) => benefitId === ruleId)?.funders ?? []
    missing.unless(funders.length > 0, `${ruleId}: nobody pays`)
    for (const { funderId, amountFen } of funders) {
      missing.inAll([words.zh], nameOf(funderId).zh, 'senior')
      missing.inAll([words.en], nameOf(funderId).en, 'senior')
      missing.inAll([words.zh, words.en], yuan(amountFen), 'senior')
      missing.inAll(forAuditor, `[${funderId}] ${yuan(amountFen)}`, 'audit')
    }
  }
  const paid = providerWords(quoted, nameOf)
  for (const [index, { funderId, amountFen }] of quoted.providerPayments.entries()) {
    missing.inAll([paid[index]?.zh, paid[index]?.en], `[${funderId}]`, 'provider')
    missing.inAll([paid[index]?.zh, paid[index]?.en], yuan(amountFen), 'provider')
  }
}

/** Screen and receipt name each payer; of several also each one's part. */
function shownMissing(quoted: Quote, pack: PolicyPack, missing: Missing): void {
  const payers = payersOf(quoted, funderNamesIn(pack))
  const view = { ...phaseFixtures.paid, quote: { ...quoted, ...payersUnder(quoted, pack) } }
  const { markup } = writeQuote(new Paper('t'), quoted, funderNamesIn(pack)).receipt()
  for (const { name, amountFen } of payers) {
    for (const language of LANGUAGES) {
      missing.inAll([payersText(view, language)], inWords(name, language), 'screen')
      if (payers.length > 1) missing.inAll([payersText(view, language)], yuan(amountFen), 'screen')
    }
    const row = (text: string): boolean => text.includes(name.zh) && text.endsWith(`| ${yuan(amountFen)}`)
    missing.unless(markup.split('\n').some(row), `receipt: ${name.zh}`)
  }
  missing.inAll([markup], `"您付" | "${yuan(quoted.selfPayFen)}"`, 'receipt')
}

/** The voice says the subsidy, and of several payers whose it was; clips there are for the packs of the product. */
function saidMissing(quoted: Quote, pack: PolicyPack, missing: Missing): void {
  const payers = payersOf(quoted, funderNamesIn(pack))
  for (const language of LANGUAGES) {
    const said = speechToClips(saidOf(quoted, pack), language).groups.map((group) => group.join(' '))
    const amounts = [quoted.selfPayFen, quoted.subsidyFen]
    if (shipped.includes(pack)) amounts.push(...payers.map(({ amountFen }) => amountFen))
    for (const amountFen of amounts.filter((each, index) => index === 0 || each > 0)) {
      const clips = (amountToClips(amountFen, language) ?? ['?']).join(' ')
      missing.unless(
        said.some((group) => group.endsWith(clips)),
        `voice ${language}: ${yuan(amountFen)}`,
      )
    }
    const named = said.filter((group) => group.startsWith('funder-')).length
    const expected = payers.length > 1 && shipped.includes(pack) ? payers.length : named
    missing.unless(named === expected, `voice ${language}: ${named} payers`)
  }
}

const rows = goldenCases().map((golden) => [`${golden.file} · ${golden.name}`, golden] as const)

describe('PO-19 every golden case explains itself', () => {
  test.each(rows)('%s', (_name, golden) => {
    const pack = packOf(golden, packs)
    const quoted = quote(pack, golden.facts)
    let leftFen = 0
    for (const { changeFen, afterFen } of quoted.steps) {
      leftFen += changeFen
      expect(afterFen).toBe(leftFen)
    }
    expect(leftFen).toBe(quoted.selfPayFen)
    expect([quoted.steps[0]?.kind, quoted.steps.at(-1)?.kind]).toEqual(['price', 'self-pay'])
    expect(auditSteps(quoted, funderNamesIn(pack))).toHaveLength(quoted.steps.length)
    const missing = new Missing()
    stepsMissing(quoted, pack, missing)
    shownMissing(quoted, pack, missing)
    saidMissing(quoted, pack, missing)
    expect(missing.found).toEqual([])
  })
})
