import { getEventIteratorSchemaDetails, isContractProcedure } from '@orpc/contract'
import { expect, test } from 'vitest'
import { isUse, neededFor, PERMISSIONS } from '../../../electron/station/staff/permissions.ts'
import { trialStationContract } from '../../../shared/contract/index.ts'
import { roleReaches, STAFF_ROLES, type StaffRole } from '../../../shared/domain/staff.ts'
import type { OfficeClient } from '../../fixtures/signed-in.ts'
import { OfficeTill, refusalOf } from './till.ts'

/** What a procedure of the contract says of itself. */
interface About {
  readonly inputSchema: unknown
  readonly outputSchema: Parameters<typeof getEventIteratorSchemaDetails>[0]
  readonly errorMap: object
}

interface Procedure {
  readonly path: readonly [area: string, name: string]
  readonly takesInput: boolean
  readonly isStream: boolean
  /** The codes of its typed errors. */
  readonly errors: readonly string[]
}

const procedures: readonly Procedure[] = Object.entries(trialStationContract).flatMap(([area, parts]) =>
  Object.entries(parts as Record<string, unknown>).map(([name, contract]): Procedure => {
    if (!isContractProcedure(contract)) throw new Error(`${area}.${name} is no procedure`)
    const { inputSchema, outputSchema, errorMap } = contract['~orpc'] as About
    return {
      path: [area, name],
      takesInput: inputSchema !== undefined,
      isStream: getEventIteratorSchemaDetails(outputSchema) !== undefined,
      errors: Object.keys(errorMap),
    }
  }),
)

/** Those of the trial's hands are not answered by the station itself. */
const guarded = procedures.filter(({ path }) => neededFor(path) !== 'public')

const nameOf = ({ path }: Procedure): string => path.join('.')

function ask(client: OfficeClient, { path: [area, name] }: Procedure): Promise<unknown> {
  const parts = client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
  const procedure = parts[area]?.[name]
  if (procedure === undefined) throw new Error(`no client for ${area}.${name}`)
  return procedure({ nothing: 'that any request takes' })
}

test('SE-7 the table of roles names every request of the contract, and none that is not in it', () => {
  const named = Object.entries(PERMISSIONS).flatMap(([area, parts]) =>
    Object.keys(parts).map((name) => `${area}.${name}`),
  )
  expect(named.toSorted()).toEqual(procedures.map(nameOf).toSorted())
  expect(neededFor(['sales', 'unheardOf'])).toBe('admin')
  expect(guarded.length).toBeGreaterThan(35)
})

test('SE-7 every request that needs a role says so among its typed errors', () => {
  const silent = guarded.filter(({ errors }) =>
    ['SIGN_IN_REQUIRED', 'NOT_ALLOWED', 'BOOK_UNAVAILABLE'].some((code) => !errors.includes(code)),
  )
  expect(silent.map(nameOf)).toEqual([])
})

test('SE-7 nobody signed in: each request that needs somebody is refused, and nothing happens', async () => {
  const till = new OfficeTill()
  const { client } = till.window()
  const before = till.standing()
  for (const procedure of guarded)
    expect([nameOf(procedure), await refusalOf(ask(client, procedure))]).toMatchObject([
      nameOf(procedure),
      { code: 'SIGN_IN_REQUIRED', status: 401, defined: true },
    ])
  expect(till.standing()).toBe(before)
})

for (const role of STAFF_ROLES)
  test(`SE-7 as ${role} exactly what needs more is refused, and nothing of that happens`, async () => {
    const till = new OfficeTill()
    const { client } = await till.as(role)
    const before = till.standing()
    for (const procedure of guarded) {
      const needed = neededFor(procedure.path) as StaffRole
      const reaches = roleReaches(role, needed)
      // Without an input it would be done; with a wrong one it is stopped after the door.
      if (reaches && !procedure.takesInput) continue
      const expected = reaches
        ? { code: 'BAD_REQUEST' }
        : { code: 'NOT_ALLOWED', status: 403, defined: true, data: { needs: needed } }
      expect([nameOf(procedure), await refusalOf(ask(client, procedure))]).toMatchObject([
        nameOf(procedure),
        expected,
      ])
    }
    expect(till.standing()).toBe(before)
  })

test('SE-7 the counter asks nobody who they are', async () => {
  const till = new OfficeTill()
  const { client } = till.window()
  await till.counter.empty()
  await till.counter.plate(320)
  await client.counter.press({ key: { kind: 'guest-cash' } })
  await till.counter.pass(200)
  await expect(client.sales.recent({ limit: 5 })).resolves.toHaveLength(1)
  await expect(client.station.health()).resolves.toMatchObject({ stationId: 'kiosk-1' })
})

test('SE-10 no stream and no reading of what is public counts as use of a window', () => {
  const uses = procedures.filter(({ path }) => neededFor(path) === 'public' && isUse(path))
  expect(uses.map(nameOf)).toEqual(['counter.press', 'counter.openDrawer', 'staff.touch'])
  const streams = procedures.filter(({ isStream }) => isStream).map(nameOf)
  expect(streams).toContain('members.tappedCards')
  expect(streams).toContain('staff.watch')
})
