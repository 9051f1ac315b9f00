/** The build: main, preload, station, commands, voice and pages, made again only when one of their inputs changed. */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { isRunning, outFolder, projectFolder } from './places.mjs'
import { command, note, step } from './say.mjs'

const INPUTS = [
  'electron',
  'renderer',
  'shared',
  'migrations',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]
const hashPath = join(outFolder, '.build-hash')

/** One hash over the names and contents of all that a build reads. */
function inputHash() {
  const hash = createHash('sha256')
  for (const input of INPUTS) addToHash(hash, join(projectFolder, input))
  return hash.digest('hex')
}

function addToHash(hash, path) {
  if (!existsSync(path)) return
  for (const file of filesBelow(path)) {
    if (/\.test\.tsx?$/.test(file)) continue
    hash.update(relative(projectFolder, file)).update('\0').update(readFileSync(file)).update('\0')
  }
}

function filesBelow(path) {
  if (!existsSync(path)) return []
  const entries = readEntries(path)
  if (entries === null) return [path]
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesBelow(join(path, entry.name)))
}

function readEntries(path) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOTDIR') return null
    throw error
  }
}

/**
 * Builds what is out of date. Each part is built aside and moved into place whole; while they are being moved the hash is
 * gone, so whatever is cut off there is built again, also from the sources before.
 */
export async function prepareBuild() {
  const hash = inputHash()
  if (existsSync(hashPath) && readFileSync(hashPath, 'utf8') === hash) return
  step('build', 'the program the window runs, from its sources')
  removeLeftovers()
  const aside = join(outFolder, `.building-${process.pid}`)
  mkdirSync(aside, { recursive: true })
  try {
    const { renderVoice } = await import('./voice.mjs')
    await renderVoice(join(aside, 'voice'))
    const { build } = await import('vite')
    const { builds } = await import('../vite.config.ts')
    for (const [name, configuration] of Object.entries(builds(projectFolder, aside))) {
      const startedMs = performance.now()
      await build(configuration)
      note(`${name}: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
    }
    cpSync(join(projectFolder, 'electron', 'main', 'fault'), join(aside, 'fault'), { recursive: true })
    rmSync(hashPath, { force: true })
    for (const name of readdirSync(aside)) replace(join(aside, name), join(outFolder, name))
    writeFileSync(hashPath, hash)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

/** What a build that was cut off left aside. */
function removeLeftovers() {
  if (!existsSync(outFolder)) return
  for (const name of readdirSync(outFolder)) {
    const builder = /^\.building-(\d+)$/.exec(name)?.[1]
    if (builder && !isRunning(Number(builder)))
      rmSync(join(outFolder, name), { recursive: true, force: true })
  }
}

function replace(fresh, place) {
  rmSync(place, { recursive: true, force: true })
  renameSync(fresh, place)
}

if (import.meta.main) await command(prepareBuild)
