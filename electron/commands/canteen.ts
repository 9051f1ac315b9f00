import { BookError } from '../station/book/errors.ts'
import { ConfigError } from '../station/config/config.ts'
import { EXIT, type Command, type Streams } from './command.ts'

/** Each command is loaded when it is asked for, so `--help` is quick. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  members: async () => (await import('./members.ts')).members,
  seed: async () => (await import('./seed.ts')).seed,
  verify: async () => (await import('./verify.ts')).verify,
  audit: async () => (await import('./audit.ts')).audit,
  sim: async () => (await import('./sim.ts')).sim,
  bench: async () => (await import('./bench.ts')).bench,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  sync: async () => (await import('./sync.ts')).sync,
  serve: async () => (await import('./serve.ts')).serve,
  report: async () => (await import('./report.ts')).report,
  quote: async () => (await import('./quote.ts')).quote,
  policy: async () => (await import('./policy.ts')).policy,
  staff: async () => (await import('./staff.ts')).staff,
  decode: async () => (await import('./decode.ts')).decode,
  'support-bundle': async () => (await import('./support-bundle.ts')).supportBundleCommand,
  devices: async () => (await import('./devices.ts')).devices,
}

const streams: Streams = {
  out: { write: (line) => process.stdout.write(`${line}\n`) },
  err: { write: (line) => process.stderr.write(`${line}\n`) },
}

async function overview(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => `  ${name.padEnd(15)}${(await load()).summary}`),
  )
  return [
    'canteen COMMAND [OPTIONS]    `canteen COMMAND --help` tells more',
    '',
    ...lines,
    '',
    'Data lies in the folder CANTEEN_DATA names, or in the place the system keeps application data.',
    'Exit codes: 0 done · 1 something is wrong and was found · 2 usage · 3 book or device not usable.',
  ].join('\n')
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h') {
    streams.out.write(await overview())
    return name === undefined ? EXIT.usage : EXIT.done
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) {
    streams.err.write(`canteen: there is no command '${name}'\n`)
    streams.err.write(await overview())
    return EXIT.usage
  }
  const command = await load()
  if (rest.includes('--help') || rest.includes('-h')) {
    streams.out.write(command.help)
    return EXIT.done
  }
  return await runCommand(name, command, rest)
}

async function runCommand(name: string, command: Command, args: readonly string[]): Promise<number> {
  try {
    return await command.run(args, streams)
  } catch (error) {
    const code = expectedExit(error)
    if (code === null || !(error instanceof Error)) throw error
    streams.err.write(`canteen ${name}: ${error.message}`)
    return code
  }
}

/** The exit code for what a person or a machine got wrong; null for a defect of ours, which crashes. */
function expectedExit(error: unknown): number | null {
  if (error instanceof ConfigError || error instanceof BookError) return EXIT.unusable
  if (!(error instanceof Error) || !('code' in error)) return null
  // `parseArgs` throws these for an option it does not know.
  if (String(error.code).startsWith('ERR_PARSE_ARGS')) return EXIT.usage
  return 'syscall' in error ? EXIT.unusable : null
}

process.exitCode = await main(process.argv.slice(2))
