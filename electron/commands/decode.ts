import { parseArgs } from 'node:util'
import { CaptureError, heardIn, parseCapture } from '../station/devices/capture/capture.ts'
import { DECODERS, TEXT_CAPTURES } from '../station/devices/protocols/decoders.ts'
import { EXIT, type Command, type Streams } from './command.ts'
import { UsageError } from './usage.ts'

const HELP = `canteen decode PROTOCOL [--hex | --capture] [--chunk N] < capture
    Reads a capture from standard input and prints one JSON object a line for each thing that the device said.

    --hex            the capture is hexadecimal text; whatever is not a hexadecimal digit is passed over;
                     wiegand26-bits takes a text of 0 and 1 in either case
    --capture        the capture is a file that 'canteen devices record' wrote
    --chunk N        the bytes are decoded N at a time, as a slow line delivers them: what is printed is the same

Protocols: ${[...DECODERS.keys()].toSorted().join(', ')}.
Exit codes: 0 something was understood · 1 nothing was · 2 usage.`

/** @throws UsageError for half a byte. */
function hexBytes(text: string): Buffer {
  const digits = text.replaceAll(/0x/gi, '').replaceAll(/[^0-9a-f]/gi, '')
  if (digits.length % 2 !== 0) throw new UsageError(`${digits.length} hexadecimal digits are no whole bytes`)
  return Buffer.from(digits, 'hex')
}

/** @throws UsageError */
function bytesIn(input: Buffer, form: { readonly hex: boolean; readonly capture: boolean }): Uint8Array {
  if (form.hex) return hexBytes(input.toString('latin1'))
  if (!form.capture) return input
  try {
    return heardIn(parseCapture(input.toString('utf8')))
  } catch (error) {
    if (error instanceof CaptureError) throw new UsageError(error.message)
    throw error
  }
}

async function standardInput(): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(Buffer.from(part as Uint8Array))
  return Buffer.concat(parts)
}

async function run(args: readonly string[], { out, err }: Streams): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      hex: { type: 'boolean', default: false },
      capture: { type: 'boolean', default: false },
      chunk: { type: 'string' },
    },
  })
  const [name = '', ...rest] = positionals
  const create = DECODERS.get(name)
  const chunk = values.chunk === undefined ? Number.MAX_SAFE_INTEGER : Number(values.chunk)
  try {
    if (create === undefined) throw new UsageError(`no protocol '${name}'; see canteen decode --help`)
    if (rest.length > 0) throw new UsageError(`what is '${rest.join(' ')}'?`)
    if (!Number.isSafeInteger(chunk) || chunk < 1) throw new UsageError('--chunk needs a whole number from 1')
    const input = await standardInput()
    const bytes = bytesIn(input, { ...values, hex: values.hex && !TEXT_CAPTURES.has(name) })
    let understood = 0
    const decoder = create((said) => {
      understood += 1
      out.write(JSON.stringify(said))
    })
    for (let at = 0; at < bytes.length; at += chunk) decoder.push(bytes.subarray(at, at + chunk))
    decoder.end()
    return understood > 0 ? EXIT.done : EXIT.findings
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    err.write(`canteen decode: ${error.message}`)
    return EXIT.usage
  }
}

export const decode: Command = {
  summary: 'decodes a capture of a scale or reader into JSON lines',
  help: HELP,
  run,
}
