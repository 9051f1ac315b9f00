import { join } from 'node:path'
import { z } from 'zod'
import type { Log } from '../deps.ts'
import { readIfThere, writeDurably } from './durable-file.ts'

const enrolmentFile = z.object({
  url: z.url(),
  stationId: z.string(),
  canteenId: z.string(),
  canteenName: z.string(),
  serverId: z.string(),
  /** Whose signed policy packs this station takes, by the server's word (SPEC PO-13). */
  policyKeys: z.array(z.string()).default([]),
})

/** Where this station hands its book in, and as whom. */
export type Enrolment = Readonly<z.output<typeof enrolmentFile>>

const FILE = 'enrolment.json'

/** Null before the station was enrolled; a file that cannot be read is told to the log and counts as none. */
export function readEnrolment(folder: string, log: Log): Enrolment | null {
  const text = readIfThere(join(folder, FILE))
  if (text === null) return null
  const parsed = parsedJson(text, enrolmentFile)
  if (parsed === null) log.error('enrolment cannot be read', { file: FILE })
  return parsed
}

/** @throws the system's error when the disk does not take it. */
export function writeEnrolment(folder: string, enrolment: Enrolment): void {
  writeDurably(join(folder, FILE), `${JSON.stringify(enrolment, null, 2)}\n`)
}

/** What the text says under a schema, or null. */
export function parsedJson<Output>(text: string, schema: z.ZodType<Output>): Output | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  const parsed = schema.safeParse(json)
  return parsed.success ? parsed.data : null
}
