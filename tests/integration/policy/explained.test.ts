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
const isShipped = (pack: PolicyPack): boolean => shipped.includes(pack)
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

const rows = goldenCases().map((golden) => [`${golden.file} · ${golden.name}`, golden] as const)

describe('PO-19 every golden case explains itself', () => {
  test.each(rows)('%s', (_name, golden) => {
    const pack = packOf(golden, packs)
    const quoted = quote(pack, golden.facts)
    const nameOf = funderNamesIn(pack)
    const payers = payersOf(quoted, nameOf)

    // The steps, in order, come to what she pays.
    let leftFen = 0
    for (const { changeFen, afterFen } of quoted.steps) {
      leftFen += changeFen
      expect(afterFen).toBe(leftFen)
    }
    expect(leftFen).toBe(quoted.selfPayFen)
    expect([quoted.steps[0]?.kind, quoted.steps.at(-1)?.kind]).toEqual(['price', 'self-pay'])

    // Each has words for a senior, with its amount, and who pays it; and for an auditor, with its rule.
    const audit = auditSteps(quoted, nameOf)
    expect(audit).toHaveLength(quoted.steps.length)
    for (const [index, { kind, words, ruleId, changeFen, afterFen }] of quoted.steps.entries()) {
      for (const text of [words.zh, words.en, audit[index]?.zh, audit[index]?.en]) expect(text).toMatch(/\S/)
      expect(words.zh).toMatch(/[\u4E00-\u9FFF]/)
      expect(words.en).not.toMatch(/[\u4E00-\u9FFF]/)
      for (const { zh, en } of [audit[index] ?? words]) {
        if (kind !== 'self-pay' && kind !== 'price')
          expect([zh, en].every((text) => text.includes(`[${ruleId}]`))).toBe(true)
        if (changeFen !== 0)
          expect([zh, en].every((text) => text.includes(yuan(Math.abs(changeFen))))).toBe(true)
        if (kind === 'self-pay' && afterFen > 0) expect(words.zh).toContain(yuan(afterFen))
      }
      if (kind !== 'benefit') continue
      const funders = quoted.benefits.find(({ benefitId }) => benefitId === ruleId)?.funders ?? []
      expect(funders.length).toBeGreaterThan(0)
      for (const { funderId, amountFen } of funders)
        for (const language of ['zh', 'en'] as const) {
          expect(words[language]).toContain(nameOf(funderId)[language])
          expect(words[language]).toContain(yuan(amountFen))
          expect(audit[index]?.[language]).toContain(`[${funderId}] ${yuan(amountFen)}`)
        }
    }
    for (const { funderId, amountFen } of quoted.providerPayments) {
      const paid = providerWords(quoted, nameOf)
      expect(paid.some(({ zh }) => zh.includes(`[${funderId}]`) && zh.includes(yuan(amountFen)))).toBe(true)
    }

    // The seniors’ screen names the payers under the subsidy, and each one's part when they are several.
    const view = { ...phaseFixtures.paid, quote: { ...quoted, ...payersUnder(quoted, pack) } }
    for (const language of LANGUAGES) {
      const shown = payersText(view, language)
      for (const { name, amountFen } of payers) {
        expect(shown).toContain(inWords(name, language))
        if (payers.length > 1) expect(shown).toContain(yuan(amountFen))
      }
    }

    // The receipt has a row for each payer, and what she pays.
    const { markup } = writeQuote(new Paper('t'), quoted, nameOf).receipt()
    for (const { name, amountFen } of payers)
      expect(
        markup.split('\n').some((row) => row.includes(name.zh) && row.endsWith(`| ${yuan(amountFen)}`)),
      ).toBe(true)
    expect(markup).toContain(`"您付" | "${yuan(quoted.selfPayFen)}"`)

    // The voice says the subsidy, and of several payers whose it was; clips there are for the packs of the product.
    for (const language of LANGUAGES) {
      const said = speechToClips(saidOf(quoted, pack), language).groups.map((group) => group.join(' '))
      const ends = (amountFen: number): boolean =>
        said.some((group) => group.endsWith((amountToClips(amountFen, language) ?? ['?']).join(' ')))
      expect(ends(quoted.selfPayFen)).toBe(true)
      if (quoted.subsidyFen > 0) expect(ends(quoted.subsidyFen)).toBe(true)
      if (payers.length > 1 && isShipped(pack))
        expect(said.filter((group) => group.startsWith('funder-'))).toHaveLength(payers.length)
      if (isShipped(pack)) for (const { amountFen } of payers) expect(ends(amountFen)).toBe(true)
    }
  })
})
