/** Where things are: the project, its Node 24, the cache for what is fetched once per machine. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url))
export const outFolder = join(projectFolder, 'out')

/** The version of Node that everything after `npm ci` runs under. */
export const NODE_MAJOR = 24

/** Files worth keeping across clones: the Electron runtime. */
export function cacheFolder() {
  if (process.env.XDG_CACHE_HOME) return join(process.env.XDG_CACHE_HOME, 'canteen-pos')
  if (process.platform === 'win32' && process.env.LOCALAPPDATA)
    return join(process.env.LOCALAPPDATA, 'canteen-pos', 'Cache')
  return join(homedir(), '.cache', 'canteen-pos')
}

export const runningNodeMajor = () => Number(process.versions.node.split('.')[0])

/**
 * The Node 24 to run the project with: this one if it is new enough, else the one the lockfile brought.
 *
 * @returns {string | null} null before `npm ci`, or on a platform for which no Node is in the lockfile
 */
export function nodeExecutable() {
  if (runningNodeMajor() >= NODE_MAJOR) return process.execPath
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const path = join(projectFolder, 'node_modules', `node-${platform}-${process.arch}`, 'bin', name)
  return existsSync(path) ? path : null
}

/**
 * How to start npm without depending on what is first in PATH: the very npm that started this, where there was one.
 *
 * @returns {{ command: string, arguments: string[], shell: boolean }}
 */
export function npmCommand() {
  const npmCli = process.env.npm_execpath
  if (npmCli && npmCli.endsWith('.js'))
    return { command: process.execPath, arguments: [npmCli], shell: false }
  return { command: 'npm', arguments: [], shell: process.platform === 'win32' }
}

/**
 * A fresh folder in the cache for a download on its way; what an interrupted set-up left behind is removed.
 *
 * @param {string} purpose a short word, part of the folder's name
 */
export function temporaryFolder(purpose) {
  const cache = cacheFolder()
  mkdirSync(cache, { recursive: true })
  for (const name of readdirSync(cache)) {
    const owner = /^unfinished-\w+-(\d+)$/.exec(name)?.[1]
    if (owner && !isRunning(Number(owner))) rmSync(join(cache, name), { recursive: true, force: true })
  }
  const folder = join(cache, `unfinished-${purpose}-${process.pid}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  return folder
}

/** Whether the process is there; one of another user counts. */
export function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
