import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { publicKey } from '../../shared/contract/signed-pack.ts'
import { systemClock } from '../station/system.ts'
import { EXIT, type Command, type Streams } from './command.ts'
import { dataPlace } from './data.ts'

const PORT = 8420
const HOST = '127.0.0.1'

export const serve: Command = {
  summary: 'runs the community server, which the canteens send their books to',
  help: [
    'canteen serve                      listens on 127.0.0.1:8420 until it is told to end',
    '  --port N                         another port; 0 takes a free one',
    '  --host H                         another address, such as 0.0.0.0. The pages have no login: whoever reaches the',
    '                                   address reads the totals, so put it behind a proxy that asks who is there',
    '  --data FOLDER                    where the embedded database lies: for trials only, a power cut may lose data',
    '  --policy-key KEY                 whose signed subsidy packs the counters take, told to each at its enrolment; may be',
    '                                   given several times',
    '  --card-minutes N                 one card that pays at two canteens within N minutes is told (10); 0: it is not looked for',
    'canteen serve --new-code NAME      a code with which one counter of canteen NAME is enrolled, once, within 7 days',
    '  --replace STATION                the code gives a known counter a new key, because its disk was lost',
    '',
    'With DATABASE_URL set (postgresql://…) it keeps everything in PostgreSQL, and --new-code prints the code and ends, also',
    'beside a running server. Without it the embedded database belongs to one process: --new-code prints and goes on serving.',
    'Prints JSON lines: {"code","canteen","expiresAt"} and {"url","database"}.',
    'Exit codes: 0 done · 2 usage · 3 the database or the port cannot be used.',
  ].join('\n'),
  async run(args, streams) {
    const options = optionsOf(args)
    if (typeof options === 'string') {
      streams.err.write(`canteen serve: ${options}`)
      return EXIT.usage
    }
    // Loaded here, because a counter that only sells has no use for it.
    const { DatabaseError } = await import('../../server/database/database.ts')
    try {
      return await run(options, streams)
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.trouble === 'refused') throw error
      streams.err.write(`canteen serve: ${error.message}`)
      return EXIT.unusable
    } finally {
      // A channel that is listened to would keep a process that is done.
      if (process.connected) process.disconnect()
    }
  },
}

interface Options {
  readonly port: number
  readonly host: string
  readonly data: string | null
  readonly newCode: string | null
  readonly replace: string | null
  readonly policyKeys: readonly string[]
  readonly cardMinutes: number
}

/** @returns what is wrong, in words, when something is. */
function optionsOf(args: readonly string[]): Options | string {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      'new-code': { type: 'string' },
      replace: { type: 'string' },
      'policy-key': { type: 'string', multiple: true },
      'card-minutes': { type: 'string', default: '10' },
    },
  })
  const port = values.port === undefined ? PORT : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || values.port === '')
    return `--port takes a number from 0 to 65535, not '${values.port}'`
  const newCode = values['new-code']?.trim()
  if (newCode !== undefined && (newCode.length === 0 || newCode.length > 40))
    return '--new-code takes the name of a canteen, up to 40 characters'
  const cardMinutes = /^\d{1,4}$/.test(values['card-minutes']) ? Number(values['card-minutes']) : -1
  if (cardMinutes < 0) return `--card-minutes takes a whole number, not '${values['card-minutes']}'`
  const policyKeys = values['policy-key'] ?? []
  if (!policyKeys.every((key) => publicKey.safeParse(key).success))
    return '--policy-key takes a public key, as `canteen policy keys` prints it'
  if (values.replace !== undefined && newCode === undefined) return '--replace goes with --new-code'
  return {
    port,
    host: values.host ?? HOST,
    data: values.data ?? null,
    newCode: newCode ?? null,
    replace: values.replace ?? null,
    policyKeys,
    cardMinutes,
  }
}

async function run(options: Options, streams: Streams): Promise<number> {
  const { openPostgres } = await import('../../server/database/postgres.ts')
  const { openEmbedded } = await import('../../server/database/embedded.ts')
  const { createServer, listen } = await import('../../server/server.ts')
  const { newCode } = await import('../../server/access/enrolment.ts')
  // Asked for before anything else, so that a signal that comes early is not lost.
  const told = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT'), starterGone()])
  const log = jsonLog(streams)
  const url = process.env['DATABASE_URL']
  const database =
    url === undefined || url === ''
      ? await openEmbedded(resolve(options.data ?? `${dataPlace().folder}/server`))
      : await openPostgres(url, (error) => log.error('connection lost', { message: error.message }))
  try {
    const random = { uuid: () => randomUUID(), bytes: (count: number) => randomBytes(count) }
    const deps = {
      database,
      clock: systemClock,
      random,
      log,
      policyKeys: options.policyKeys,
      cardMinutes: options.cardMinutes,
    }
    const app = await createServer(deps)
    if (options.newCode !== null) {
      streams.out.write(JSON.stringify(await newCode(deps, options.newCode, options.replace)))
      if (database.kind === 'postgresql') return EXIT.done
    }
    const server = await listen(app, options)
    if (database.kind === 'embedded')
      streams.err.write('canteen serve: embedded database, for trials only; for real use set DATABASE_URL')
    streams.out.write(JSON.stringify({ url: server.url, database: database.kind }))
    await told
    await server.stop()
    return EXIT.done
  } finally {
    await database.close()
  }
}

/** Whoever starts the server with a channel to it takes it along, also when she is killed. Never without a channel. */
async function starterGone(): Promise<void> {
  const isGone = process.send !== undefined && !process.connected
  if (!isGone) await once(process, 'disconnect')
}

const jsonLog = ({ err }: Streams) => {
  const line = (level: string, event: string, data?: object): void =>
    err.write(JSON.stringify({ at: new Date(systemClock.nowMs()).toISOString(), level, event, ...data }))
  return {
    info: (event: string, data?: object) => line('info', event, data),
    error: (event: string, data?: object) => line('error', event, data),
  }
}
