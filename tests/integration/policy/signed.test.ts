import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { checkSignedPack } from '../../../electron/station/policy/signatures.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import { fen } from '../../../shared/domain/units.ts'
import { bookOptions, furnish, PACK, saleDraft, testClock, TODAY } from '../../fixtures/books.ts'
import { takeBackTo } from '../../fixtures/older-book.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { aDistrict, signedFile } from '../../fixtures/policy/signed.ts'
import { signedIn } from '../../fixtures/signed-in.ts'

const DAY_MS = 86_400_000
const district = aDistrict()
const trusted = new Set([district.publicKey])

/** The same benefit, five yuan in place of three. */
const generous = (version: number): PolicyPack => ({
  ...PACK,
  version,
  steps: PACK.steps.map((step) =>
    step.kind === 'benefits'
      ? { ...step, benefits: step.benefits.map((each) => ({ ...each, amount: { fixedFen: fen(500) } })) }
      : step,
  ),
})

describe('a signed file', () => {
  const file = signedFile(generous(2), district)

  test('PO-13 is taken when a trusted key signed exactly this pack', () => {
    expect(checkSignedPack(file, trusted)).toMatchObject({ kind: 'good', pack: generous(2) })
    expect(checkSignedPack(JSON.stringify(JSON.parse(file), null, 4), trusted).kind).toBe('good')
  })

  test('PO-13 with one bit changed, at any place, is refused', () => {
    const bytes = Buffer.from(file)
    const taken = [...bytes.keys()].filter((index) => {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ (1 << (index % 7))
      return checkSignedPack(changed.toString(), trusted).kind === 'good'
    })
    expect(taken).toEqual([])
  })

  test('PO-13 says why it is refused: no signature, another key, another pack, a pack that breaks the schema', () => {
    expect(checkSignedPack(JSON.stringify(generous(2)), trusted)).toEqual({ kind: 'not-signed' })
    expect(checkSignedPack(signedFile(generous(2), aDistrict()), trusted)).toEqual({ kind: 'unknown-key' })
    const { signature } = JSON.parse(file) as { signature: object }
    expect(checkSignedPack(JSON.stringify({ pack: generous(3), signature }), trusted)).toEqual({
      kind: 'altered',
    })
    const broken = { ...generous(2), version: 0 }
    expect(checkSignedPack(signedFile(broken, district), trusted)).toMatchObject({
      kind: 'refused',
      problems: [{ path: 'version' }],
    })
    // A blank that the program would not keep is no pack that was signed.
    const blank = { ...generous(2), source: 'test ' }
    expect(checkSignedPack(signedFile(blank, district), trusted)).toEqual({ kind: 'altered' })
  })
})

let till: CounterStation | null = null
afterEach(async () => {
  await till?.stop()
  if (till !== null) rmSync(till.folder, { recursive: true, force: true })
  till = null
})

const refusalOf = async (publishing: Promise<unknown>): Promise<unknown> =>
  await publishing.then(
    () => null,
    (error: unknown) => error,
  )

test('PO-13 PO-14 the office takes a signed pack, which holds from the next business day; what it refuses changes nothing', async () => {
  till = new CounterStation({ policyKeys: [district.publicKey] })
  till.clock.ms += DAY_MS
  const admin = await signedIn(till.station, 'admin')
  const { policy } = admin.client
  const inForce = (): number | undefined => till?.station.counter.context().pack?.version
  const refused = [
    [JSON.stringify(generous(2)), 'not-signed'],
    [signedFile(generous(2), aDistrict()), 'unknown-key'],
    [signedFile(generous(2), district).replace('500', '501'), 'altered'],
    [signedFile(generous(1), district), 'version-not-newer'],
  ] as const
  for (const [packText, why] of refused)
    expect(await refusalOf(policy.publish({ packText }))).toMatchObject({
      code: 'PACK_NOT_TAKEN',
      data: { why },
    })
  expect(till.book.policyPacks()).toEqual([PACK])

  const packText = signedFile(generous(3), district)
  const taken = { id: PACK.id, version: 3, holdsFrom: '2026-11-05', own: true }
  expect(await policy.publish({ packText })).toEqual(taken)
  const { entries } = till.book.health()
  expect(await policy.publish({ packText })).toEqual(taken)
  expect(till.book.health().entries).toBe(entries)
  // An older version, signed as it may be, is what an attacker who kept it would play back.
  const older = policy.publish({ packText: signedFile(generous(2), district) })
  expect(await refusalOf(older)).toMatchObject({ data: { why: 'version-not-newer' } })

  await till.pass(400)
  expect(inForce()).toBe(1)
  till.clock.ms += DAY_MS
  expect(inForce()).toBe(3)
  const nextDay = await signedIn(till.station, 'admin')
  const { held } = await nextDay.client.policy.packs()
  expect(held.map(({ version, signedBy, standing }) => [version, signedBy, standing])).toEqual([
    [3, district.publicKey, 'in-force'],
    [1, null, 'not-in-force'],
  ])
  const audit = await nextDay.client.staff.audit({ limit: 20, before: null })
  const told = audit
    .map(({ act, subject }) => `${act} ${subject ?? ''}`)
    .filter((line) => line.startsWith('policy'))
  expect(told.toReversed()).toEqual([
    'policy-refused not-signed',
    'policy-refused unknown-key',
    'policy-refused altered',
    'policy-refused version-not-newer',
    'policy.published test-daily 3',
    'policy-refused version-not-newer',
  ])
  admin.close()
  nextDay.close()
})

test('PO-13 a pack that was changed in the file behind the program, or whose key is trusted no more, leaves the last good one in force', async () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  for (const version of [2, 3]) {
    const pack = generous(version)
    const { signature } = JSON.parse(signedFile(pack, district)) as {
      signature: { publicKey: string; value: string }
    }
    book.append({ kind: 'policy.published', body: { pack, signature } }, 'test')
  }
  book.close()
  expect(verifyBook(options.folder)).toMatchObject({ ok: true })
  const versionAt = async (policyKeys: readonly string[]): Promise<number | undefined> => {
    const clock = testClock(testClock().ms + DAY_MS)
    till = new CounterStation({ folder: options.folder, clock, policyKeys })
    const version = till.station.counter.context().pack?.version
    await till.stop()
    return version
  }
  expect(await versionAt([district.publicKey])).toBe(3)
  const db = new Sqlite(join(options.folder, 'book.sqlite'))
  db.exec(`UPDATE policy_packs SET body = replace(body, '500', '900') WHERE version = 3`)
  db.close()
  expect(await versionAt([district.publicKey])).toBe(2)
  expect(await versionAt([])).toBe(1)
  till = null
  rmSync(options.folder, { recursive: true, force: true })
})

test('LG-14 PO-14 a book of the release before learns when its packs came, as a replay would say it', () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.settle(saleDraft({ subsidised: true }))
  book.close()
  const db = new Sqlite(join(options.folder, 'book.sqlite'))
  takeBackTo(db, 40)
  db.close()
  const again = openBook(options)
  expect(again.heldPacks()).toEqual([{ pack: PACK, publishedOn: TODAY, signature: null }])
  again.close()
  expect(verifyBook(options.folder)).toMatchObject({ ok: true, findings: [] })
})
