/**
 * The spoken clips. `renderVoice` makes the default pack with espeak-ng; `node electron/setup/voice.mjs index FOLDER`
 * checks a recorded pack and writes its manifest. What is to be said stands in renderer/voice/phrases.json.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { outFolder as builtFolder, projectFolder } from './places.mjs'
import { command, note, step } from './say.mjs'
import {
  decibelsOf,
  levelled,
  SAMPLE_RATE,
  samplesOf,
  TARGET_DECIBELS,
  trimmed,
  wavOf,
} from './voice-sound.mjs'

/**
 * `cmn-latn-pinyin` and not `cmn`: the latter spells many characters out as English letters. Speeds are words a minute,
 * slower than usual, for old ears.
 */
const VOICES = {
  'zh-CN': { voice: 'cmn-latn-pinyin', speed: '140' },
  en: { voice: 'en-gb', speed: '140' },
}
const LOUDNESS_TOLERANCE = 1
const SHORTEST_MS = 60
const LONGEST_MS = 8_000
const MANIFEST = 'manifest.json'
const PARALLEL = 4

const runProgram = promisify(execFile)
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
const readPhrases = () => readFileSync(join(projectFolder, 'renderer', 'voice', 'phrases.json'), 'utf8')

/** Changes whenever a clip could sound different. */
function recipeHash() {
  const sources = ['voice.mjs', 'voice-sound.mjs'].map((name) =>
    readFileSync(join(import.meta.dirname, name)),
  )
  return sha256(Buffer.concat([Buffer.from(readPhrases()), ...sources]))
}

/**
 * Renders the default voice pack into `folder/<language>/<clip>.wav` with a `manifest.json` each. Clips that an earlier
 * build made from the same recipe are copied.
 *
 * @param {string} folder
 * @param {string} [earlier] where the last build left its clips
 * @throws Error when espeak-ng is missing or a clip does not pass
 */
export async function renderVoice(folder, earlier = join(builtFolder, 'voice')) {
  const recipe = recipeHash()
  if (isComplete(folder, recipe)) return
  if (earlier !== folder && isComplete(earlier, recipe)) {
    cpSync(earlier, folder, { recursive: true })
    return
  }
  step('voice', 'the spoken clips, by espeak-ng')
  const phrases = JSON.parse(readPhrases())
  for (const [language, clips] of Object.entries(phrases)) {
    rmSync(join(folder, language), { recursive: true, force: true })
    mkdirSync(join(folder, language), { recursive: true })
    await renderClips(language, clips, join(folder, language))
    writeManifest(join(folder, language), language, clips, recipe)
    note(`${language}: ${Object.keys(clips).length} clips`)
  }
}

/** Renders some clips of a language, a few at a time. @returns {Promise<void>} */
export async function renderClips(language, clips, folder) {
  const waiting = Object.entries(clips)
  const work = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [id, text] = next
      writeFileSync(join(folder, `${id}.wav`), await renderClip(text, language))
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
}

async function renderClip(text, language) {
  const { voice, speed } = VOICES[language]
  const spoken = ['-v', voice, '-s', speed, '-z', '--stdout', text]
  const { stdout } = await runProgram('espeak-ng', spoken, { encoding: 'buffer', maxBuffer: 16e6 }).catch(
    (error) => {
      if (error.code === 'ENOENT') throw new Error('espeak-ng is missing: npm run setup brings it')
      throw error
    },
  )
  return wavOf(levelled(trimmed(samplesOf(stdout))))
}

/** The phonemes that a text is said with, for a check that none is spelt out in another language. */
export async function phonemesOf(text, language) {
  const { stdout } = await runProgram('espeak-ng', ['-v', VOICES[language].voice, '-q', '-x', text])
  return stdout.trim()
}

/** What is wrong with one clip's file; null when nothing is. */
export function clipFault(file) {
  const samples = samplesOf(file)
  const durationMs = (samples.length / SAMPLE_RATE) * 1_000
  if (durationMs < SHORTEST_MS || durationMs > LONGEST_MS) return `lasts ${Math.round(durationMs)} ms`
  const off = Math.abs(decibelsOf(samples) - TARGET_DECIBELS)
  return off > LOUDNESS_TOLERANCE ? `is ${off.toFixed(1)} dB away from the common loudness` : null
}

/** Checks every clip and writes down what each is, so that the counter plays nothing else. */
function writeManifest(folder, language, clips, recipe) {
  const described = Object.entries(clips).map(([id, text]) => {
    const file = readFileSync(join(folder, `${id}.wav`))
    const fault = clipFault(file)
    if (fault !== null) throw new Error(`voice ${language}/${id} (${text}) ${fault}`)
    return [
      id,
      { text, sha256: sha256(file), durationMs: Math.round((samplesOf(file).length / SAMPLE_RATE) * 1_000) },
    ]
  })
  const manifest = { language, recipe, sampleRate: SAMPLE_RATE, clips: Object.fromEntries(described) }
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`)
}

/** Every clip is there, from this recipe; the counter itself checks their hashes when it loads them. */
function isComplete(folder, recipe) {
  return Object.keys(VOICES).every((language) => {
    const path = join(folder, language, MANIFEST)
    if (!existsSync(path)) return false
    const manifest = JSON.parse(readFileSync(path, 'utf8'))
    return (
      manifest.recipe === recipe &&
      Object.keys(manifest.clips).every((id) => existsSync(join(folder, language, `${id}.wav`)))
    )
  })
}

/**
 * Makes a recorded folder of `<clip>.wav` files a pack: trims and levels each clip in place and writes the manifest. Clips that
 * were not recorded are left out, and the counter is silent there.
 */
export function indexPack(folder, language) {
  const phrases = JSON.parse(readPhrases())[language]
  if (phrases === undefined) throw new Error(`no phrases for the language ${language}`)
  const found = new Set(readdirSync(folder))
  const clips = Object.fromEntries(Object.entries(phrases).filter(([id]) => found.has(`${id}.wav`)))
  for (const id of Object.keys(clips)) {
    const path = join(folder, `${id}.wav`)
    writeFileSync(path, wavOf(levelled(trimmed(samplesOf(readFileSync(path))))))
  }
  writeManifest(folder, language, clips, 'recorded')
  return {
    present: Object.keys(clips),
    missing: Object.keys(phrases).filter((id) => clips[id] === undefined),
  }
}

function indexFromCommandLine([verb, folder, language]) {
  if (verb !== 'index' || folder === undefined || language === undefined)
    throw new Error('usage: node electron/setup/voice.mjs index FOLDER zh-CN|en')
  const { present, missing } = indexPack(folder, language)
  note(
    `${present.length} clips in the pack, ${missing.length} missing${missing.length > 0 ? `: ${missing.join(' ')}` : ''}`,
  )
}

if (import.meta.main) await command(async () => indexFromCommandLine(process.argv.slice(2)))
