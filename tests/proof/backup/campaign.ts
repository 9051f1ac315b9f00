import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { backupsIn, manifestPathOf } from '../../../electron/station/backup/manifest.ts'
import { unpackFile } from '../../../electron/station/backup/pack.ts'
import { takeBackup } from '../../../electron/station/backup/take-backup.ts'
import { openBook } from '../../../electron/station/book/book.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { backupRequest } from '../../fixtures/backup-request.ts'
import { bookOptions, furnish, NOON_MS, saleDraft } from '../../fixtures/books.ts'
import { seededRandom, type Random } from '../../fixtures/random.ts'
import { memoryFolder } from '../memory-folder.ts'

const ONCE = fileURLToPath(new URL('../../fixtures/backup-once.ts', import.meta.url))
const MINUTE_MS = 60_000
const STATION = 'kiosk-1'

export interface BackupCutFigures {
  /** Processes that were killed while they took a backup. */
  readonly cuts: number
  /** Of them those whose backup was in place all the same. */
  readonly madeAllTheSame: number
  /** Backups that were there before a cut and not after it. */
  readonly lost: number
  /** Backups that count and do not replay. */
  readonly half: number
  /** What cuts left lying about after the next backup. */
  readonly strays: number
  /** Next backups that were not made. */
  readonly refused: number
}

export interface BackupCutOptions {
  readonly seed: string
  /** Kills at a random moment. */
  readonly kills: number
  /** The first so many calls of each kind that a kill falls on. */
  readonly calls: number
  /** A defect put in on purpose: half a file under a backup's name. It has to be found. */
  readonly plantsHalf?: boolean
  readonly report: (line: string) => void
}

/** Kills backups at random moments and at each call that names, flushes or removes a file, and looks at what is left. */
export async function backupCuts(options: BackupCutOptions): Promise<BackupCutFigures> {
  const { seed, kills, calls, report, plantsHalf = false } = options
  const work = mkdtempSync(memoryFolder('backup-cut-'))
  const random = seededRandom(seed)
  const round = new Rounds(work)
  try {
    await round.prepare()
    if (plantsHalf) round.plantHalf()
    for (let kill = 0; kill < kills; kill++) await round.cut((run) => killedLater(run, random))
    report(`${kills} kills at random moments`)
    for (const call of ['rename', 'fsync', 'unlink', 'pwrite64', 'write'])
      for (let when = 1; when <= calls; when++)
        if (!(await round.cut(killedAt(call, when)))) {
          report(`${call}: ${when - 1} calls`)
          break
        }
    return round.figures
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Why the figures are not good enough; none when they are. */
export const backupCutFaults = ({
  cuts,
  lost,
  half,
  strays,
  refused,
}: BackupCutFigures): readonly string[] => [
  ...(cuts === 0 ? ['nothing was cut off'] : []),
  ...(lost > 0 ? [`${lost} good backups were lost in a cut`] : []),
  ...(half > 0 ? [`${half} backups count and are not whole`] : []),
  ...(strays > 0 ? [`${strays} files were left lying about`] : []),
  ...(refused > 0 ? [`${refused} backups after a cut were not made`] : []),
]

interface Run {
  readonly command: string
  readonly args: readonly string[]
}
/** @returns whether it was killed */
type Killer = (run: Run) => Promise<boolean>

const killedLater = async ({ command, args }: Run, random: Random): Promise<boolean> => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  await once(child.stdout, 'data')
  await sleep(random.integer(0, 120))
  child.kill('SIGKILL')
  const [, signal] = (await exit) as [number | null, string | null]
  return signal === 'SIGKILL'
}

const killedAt =
  (call: string, when: number): Killer =>
  async ({ command, args }) => {
    const inject = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`]
    const child = spawn(
      'strace',
      [...inject, '-e', `inject=${call}:signal=SIGKILL:when=${when}`, command, ...args],
      { stdio: 'ignore' },
    )
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    return code !== 0 || signal !== null
  }

class Rounds {
  readonly #book: string
  readonly #place: string
  #night = 0
  #figures = { cuts: 0, madeAllTheSame: 0, lost: 0, half: 0, strays: 0, refused: 0 }

  constructor(work: string) {
    this.#book = join(work, 'book')
    this.#place = join(work, 'stick')
  }

  get figures(): BackupCutFigures {
    return this.#figures
  }

  async prepare(): Promise<void> {
    const book = openBook(bookOptions({ folder: this.#book }))
    furnish(book)
    for (let sale = 0; sale < 300; sale++) book.settle(saleDraft({ memberId: null }))
    book.close()
    await this.#backUp()
  }

  plantHalf(): void {
    const path = join(this.#place, this.#names()[0] ?? '')
    const whole = readFileSync(path)
    const halfBytes = Math.floor(whole.length / 2)
    writeFileSync(path, whole.subarray(0, halfBytes))
    const manifest = manifestPathOf(path)
    const told = readFileSync(manifest, 'utf8')
    writeFileSync(manifest, told.replace(/"bytes": \d+/, `"bytes": ${halfBytes}`))
  }

  /** @returns whether something was cut off */
  async cut(kill: Killer): Promise<boolean> {
    const before = this.#names()
    this.#night += 1
    const args = [ONCE, this.#book, this.#place, String(this.#nowMs())]
    const killed = await kill({ command: process.execPath, args })
    if (!killed) return false
    const after = this.#names()
    this.#figures.cuts += 1
    this.#figures.madeAllTheSame += after.filter((name) => !before.includes(name)).length
    // The cut one may have been in place and have let an older one of the same day go.
    const made = after.some((name) => !before.includes(name))
    if (!made) this.#figures.lost += before.filter((name) => !after.includes(name)).length
    for (const name of after) if (!(await this.#isWhole(name))) this.#figures.half += 1
    await this.#backUp()
    return true
  }

  /** The next night: it has to be made, and to clear away what the cut left. */
  async #backUp(): Promise<void> {
    this.#night += 1
    const outcome = await takeBackup(backupRequest(this.#book, this.#place, this.#nowMs()), () => undefined)
    if (outcome.kind !== 'made') this.#figures.refused += 1
    const counted = new Set(this.#names().flatMap((name) => [name, name.replace('.sqlite.zst', '.json')]))
    this.#figures.strays += readdirSync(this.#place).filter((name) => !counted.has(name)).length
    this.#figures.strays += readdirSync(this.#book).filter((name) => name.includes('partial')).length
  }

  #nowMs(): number {
    return NOON_MS + this.#night * MINUTE_MS
  }

  #names(): readonly string[] {
    return backupsIn(this.#place, STATION).map(({ name }) => name)
  }

  async #isWhole(name: string): Promise<boolean> {
    const unpacked = mkdtempSync(memoryFolder('unpacked-'))
    try {
      await unpackFile(join(this.#place, name), join(unpacked, 'book.sqlite'))
      return verifyBook(unpacked).ok
    } catch (error) {
      // What is cut short does not unpack: the library's own code says so.
      if (!(error instanceof Error && 'code' in error)) throw error
      return false
    } finally {
      rmSync(unpacked, { recursive: true, force: true })
    }
  }
}
