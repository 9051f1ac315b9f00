import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Where campaigns put their files: on a disk in memory where there is one. A rebuilt state needs no real disk, and a
 * flush there costs nothing.
 *
 * @returns a path that begins with `canteen-` and the prefix, for `mkdtemp`.
 */
export const memoryFolder = (prefix: string): string =>
  join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), `canteen-${prefix}`)
