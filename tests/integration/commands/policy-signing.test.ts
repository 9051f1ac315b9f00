import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { policy } from '../../../electron/commands/policy.ts'
import { PACK } from '../../fixtures/books.ts'
import { writeCanteenFile } from '../../fixtures/canteen-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'signing-'))
const at = (name: string): string => join(folder, name)

async function run(...args: string[]): Promise<{ code: number; said: unknown; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const streams = {
    out: { write: (line: string) => out.push(line) },
    err: { write: (line: string) => err.push(line) },
  }
  const code = await policy.run(args, streams)
  return { code, said: out.length === 0 ? null : JSON.parse(out.join('\n')), err: err.join('\n') }
}

afterEach(() => vi.unstubAllEnvs())

test('PO-13 a district makes its key, signs, and a canteen that trusts it checks and takes the pack in', async () => {
  const pack = { ...PACK, id: 'our-district' }
  writeFileSync(at('pack.json'), JSON.stringify(pack))
  const made = await run('keys', '--key', at('district.key'))
  const { publicKey } = made.said as { publicKey: string }
  expect(statSync(at('district.key')).mode & 0o777).toBe(0o600)
  const again = await run('keys', '--key', at('district.key'))
  expect(again).toMatchObject({ code: 1, said: null })

  const signing = ['sign', '--key', at('district.key'), '--pack', at('pack.json'), '--out', at('signed.json')]
  expect(await run(...signing)).toMatchObject({ code: 0, said: { id: 'our-district', signedBy: publicKey } })
  expect(await run('verify', '--pack', at('signed.json'), '--public-key', publicKey)).toMatchObject({
    code: 0,
    said: { id: 'our-district', version: 1, signedBy: publicKey },
  })
  const altered = readFileSync(at('signed.json'), 'utf8').replace('"fixedFen": 300', '"fixedFen": 301')
  writeFileSync(at('altered.json'), altered)
  const refused = await run('verify', '--pack', at('altered.json'), '--public-key', publicKey)
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('was changed after it was signed')

  // A counter that is configured for the district's pack, before it ever had it.
  vi.stubEnv('CANTEEN_DATA', at('data'))
  const ports = { stationId: 'kiosk-1', scalePath: '/dev/scale', readerPath: '/dev/reader' }
  writeCanteenFile(at('data'), { ...ports, policyPack: 'our-district', policyKeys: [publicKey] })
  expect((await run('install', '--pack', at('altered.json'))).code).toBe(1)
  expect(await run('install', '--pack', at('pack.json'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('has no signature') as string,
  })
  expect(await run('install', '--pack', at('signed.json'))).toMatchObject({
    code: 0,
    said: { id: 'our-district', version: 1, own: true },
  })
  expect((await run('verify', '--pack', at('signed.json'))).code).toBe(0)
})

test('PO-13 what is no key, or no way of saying it, is told in words', async () => {
  writeFileSync(at('no.key'), 'no key')
  writeFileSync(at('p.json'), JSON.stringify(PACK))
  const signing = await run('sign', '--key', at('no.key'), '--pack', at('p.json'), '--out', at('s.json'))
  expect(signing).toMatchObject({ code: 1, err: expect.stringContaining('is not a private key') as string })
  for (const args of [[], ['sign'], ['forge'], ['verify', '--pack', at('p.json'), '--public-key', 'x']])
    expect((await run(...args)).code).toBe(2)
})
