import { isOwnPack } from '../../shared/domain/policy/packs.ts'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { PackNotTaken } from '../../shared/contract/policy.ts'
import { publicKey as publicKeyText } from '../../shared/contract/signed-pack.ts'
import { signedText } from '../../shared/domain/policy/signing.ts'
import { newPrivateKeyPem, signingKey, type SigningKey } from '../station/ed25519.ts'
import { silentLog } from '../station/log.ts'
import { checkSignedPack, trustedKeys, type CheckedPack } from '../station/policy/signatures.ts'
import { takePack } from '../station/policy/take-pack.ts'
import { EXIT, type Streams } from './command.ts'
import { dataPlace, openBookAt } from './data.ts'
import { FileProblem, packAt } from './pack-file.ts'

type Verb = (args: readonly string[], streams: Streams) => number | Promise<number>

/** As whom the audit names this command. */
const ACTOR = 'canteen policy'

export const SIGNING_HELP = [
  'canteen policy keys --key FILE',
  '    makes a private key at FILE, for the district to keep, and prints its public half, for canteen.json',
  'canteen policy sign --key FILE --pack FILE --out FILE',
  '    checks the pack whole and writes it with its signature',
  'canteen policy verify --pack FILE [--public-key KEY …]',
  '    whether one of these keys, or of those that this counter trusts, signed exactly this pack',
  'canteen policy install --pack FILE',
  '    takes the signed pack into the book; the counter is stopped (beside it, the office does the same)',
] as const

/** What `canteen policy` does with signatures (SPEC PO-13). */
export const SIGNING: Readonly<Record<string, Verb>> = {
  keys(args, { out, err }) {
    const { key } = needed(args, ['key'])
    if (key === undefined) return usage(err, 'keys --key FILE')
    // A key that signed packs must not be lost to a second try.
    if (existsSync(key)) throw new FileProblem(`${key} is there already and stays as it is`)
    const pem = newPrivateKeyPem()
    writeFileSync(key, pem, { mode: 0o600, flag: 'wx' })
    out.write(JSON.stringify({ publicKey: signingKey(pem, key).publicKey }))
    return EXIT.done
  },

  sign(args, { out, err }) {
    const { key: keyFile, pack: packFile, out: to } = needed(args, ['key', 'pack', 'out'])
    if (keyFile === undefined || packFile === undefined || to === undefined)
      return usage(err, 'sign --key FILE --pack FILE --out FILE')
    const pack = packAt(packFile)
    const key = keyAt(keyFile)
    const signature = { publicKey: key.publicKey, value: key.sign(signedText(pack)) }
    writeFileSync(to, `${JSON.stringify({ pack, signature }, null, 2)}\n`)
    out.write(JSON.stringify({ id: pack.id, version: pack.version, signedBy: key.publicKey, file: to }))
    return EXIT.done
  },

  verify(args, { out, err }) {
    const { values } = parseArgs({
      args: [...args],
      options: { pack: { type: 'string' }, 'public-key': { type: 'string', multiple: true } },
    })
    const { pack: file, 'public-key': given } = values
    if (file === undefined) return usage(err, 'verify --pack FILE [--public-key KEY …]')
    if (given !== undefined && !given.every((key) => publicKeyText.safeParse(key).success))
      return usage(err, 'verify --public-key KEY, as `canteen policy keys` prints it')
    const checked = checkSignedPack(readFileSync(file, 'utf8'), new Set(given ?? configuredKeys()))
    if (checked.kind !== 'good') throw new FileProblem(refusalOf(file, checked))
    const { pack, signature } = checked
    const { id, version, effectiveFrom, effectiveTo } = pack
    out.write(JSON.stringify({ id, version, effectiveFrom, effectiveTo, signedBy: signature.publicKey }))
    return EXIT.done
  },

  install(args, { out, err }) {
    const { pack: file } = needed(args, ['pack'])
    if (file === undefined) return usage(err, 'install --pack FILE')
    const text = readFileSync(file, 'utf8')
    const place = dataPlace()
    const book = openBookAt(place, { mayLackPack: true })
    try {
      const trusted = trustedKeys(place.config, place.folder, silentLog)
      const taken = takePack(book, text, trusted, ACTOR)
      if (taken.kind !== 'taken') throw new FileProblem(refusalOf(file, taken))
      const { id, version, holdsFrom } = taken
      out.write(
        JSON.stringify({
          id,
          version,
          holdsFrom,
          own: isOwnPack(taken, place.config.policyPackId, place.config.canteen.area),
        }),
      )
      return EXIT.done
    } finally {
      book.close()
    }
  },
}

const WHY: Readonly<Record<PackNotTaken, string>> = {
  'not-signed': 'has no signature: it is no file that `canteen policy sign` wrote',
  'unknown-key': 'is signed with a key that nobody here trusts',
  altered: 'was changed after it was signed',
  'version-not-newer': 'is no newer than the version that is there; a change is a higher version',
}

type Refused = Exclude<CheckedPack, { readonly kind: 'good' }> | { readonly kind: 'version-not-newer' }

function refusalOf(file: string, refused: Refused): string {
  if (refused.kind !== 'refused') return `${file} ${WHY[refused.kind]}`
  const problems = refused.problems.map((problem) => `  ${JSON.stringify(problem)}`)
  return [`${file} is no policy pack:`, ...problems].join('\n')
}

function configuredKeys(): Iterable<string> {
  const { folder, config } = dataPlace()
  return trustedKeys(config, folder, silentLog)
}

/** @throws FileProblem when the file is no private key; the system's error when it cannot be read */
function keyAt(file: string): SigningKey {
  const pem = readFileSync(file, 'utf8')
  try {
    return signingKey(pem, file)
  } catch (error) {
    throw new FileProblem(error instanceof Error ? error.message : String(error))
  }
}

function needed<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): { readonly [Each in Name]?: string } {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  return parseArgs({ args: [...args], options }).values as { readonly [Each in Name]?: string }
}

function usage(err: Streams['err'], say: string): number {
  err.write(`canteen policy: say ${say}`)
  return EXIT.usage
}
