import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type { Context } from 'hono'
import type { z } from 'zod'
import { PACKED, WIRE_LIMITS, WIRE_VERSION } from '../../shared/contract/sync-wire.ts'
import { Failure, otherVersion } from '../failure.ts'

const unpack = promisify(zstdDecompress)
const pack = promisify(zstdCompress)

/** The largest window a packed body may ask us to keep: 2^23 bytes. The levels that stations use need 2^21. */
const WINDOW_LOG_MAX = 23

/** A JSON request. @throws Failure INVALID, TOO_LARGE, VERSION */
export async function readJson<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  return parsed(await readBytes(context, WIRE_LIMITS.jsonBytes), schema)
}

/**
 * A packed request. Neither what travels nor what comes out of it grows beyond `WIRE_LIMITS` (SPEC SY-8): unpacking stops
 * in the middle.
 *
 * @throws Failure INVALID, TOO_LARGE, VERSION
 */
export async function readPacked<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  if (context.req.header('content-type') !== PACKED)
    throw new Failure('INVALID', { detail: `content-type: ${PACKED} is asked for` })
  return parsed(await unpacked(await readBytes(context, WIRE_LIMITS.packedBytes)), schema)
}

export async function answerPacked(context: Context, answer: object): Promise<Response> {
  const bytes = await pack(JSON.stringify(answer))
  return context.body(Uint8Array.from(bytes), 200, { 'content-type': PACKED })
}

async function readBytes(context: Context, limit: number): Promise<Buffer> {
  if (Number(context.req.header('content-length') ?? 0) > limit) throw new Failure('TOO_LARGE')
  const chunks: Uint8Array[] = []
  let length = 0
  const body: AsyncIterable<Uint8Array> | null = context.req.raw.body
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > limit) throw new Failure('TOO_LARGE')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

async function unpacked(bytes: Buffer): Promise<Buffer> {
  try {
    return await unpack(bytes, {
      maxOutputLength: WIRE_LIMITS.unpackedBytes,
      params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX },
    })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ERR_BUFFER_TOO_LARGE' || code === 'ZSTD_error_frameParameter_windowTooLarge')
      throw new Failure('TOO_LARGE')
    if (/^(?:ZSTD_|Z_|ERR_)/.test(code)) throw new Failure('INVALID', { detail: 'not a whole zstd frame' })
    throw error
  }
}

function parsed<Schema extends z.ZodType>(bytes: Buffer, schema: Schema): z.output<Schema> {
  const value = valueOf(bytes)
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : null
  if (typeof version === 'number' && version !== WIRE_VERSION) throw otherVersion()
  const outcome = schema.safeParse(value)
  if (outcome.success) return outcome.data
  const [issue] = outcome.error.issues
  throw new Failure('INVALID', { detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` })
}

function valueOf(bytes: Buffer): unknown {
  try {
    // Bytes that are no UTF-8 must not become other text that then passes for what was sent.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError)
      throw new Failure('INVALID', { detail: 'not JSON' })
    throw error
  }
}
