import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { decibelsOf, levelled, samplesOf, trimmed, wavOf } from '../../../electron/setup/voice-sound.mjs'
import { clipFault, indexPack, phonemesOf, renderClips } from '../../../electron/setup/voice.mjs'
import { LANGUAGES } from '../../../renderer/i18n/language.ts'
import { loadVoicePack } from '../../../renderer/voice/pack.ts'
import { PHRASES } from '../../../renderer/voice/phrases.ts'

const folder = mkdtempSync(join(tmpdir(), 'canteen-voice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const HANDFUL = ['n0', 'n2', 'n82', 'h2', 'yuan', 'you-pay', 'trouble-card-lost', 'dish-braised-fish']

test('SC-9 rendered clips are equally loud, within 1 dB, and have no silent ends', async () => {
  const loudness: number[] = []
  for (const language of LANGUAGES) {
    const clips = Object.fromEntries(HANDFUL.map((id) => [id, PHRASES[language][id] ?? '']))
    await renderClips(language, clips, folder)
    for (const id of HANDFUL) {
      const file = readFileSync(join(folder, `${id}.wav`))
      expect(clipFault(file), `${language} ${id}`).toBeNull()
      const samples = samplesOf(file)
      loudness.push(decibelsOf(samples))
      const loudest = samples.reduce((most: number, sample: number) => Math.max(most, Math.abs(sample)), 0)
      const firstLoud = samples.findIndex((sample: number) => Math.abs(sample) > loudest / 40)
      expect(firstLoud).toBeLessThan(22_050 * 0.05)
      expect(samples.every((sample: number) => Math.abs(sample) < 0.99)).toBe(true)
    }
  }
  expect(Math.max(...loudness) - Math.min(...loudness)).toBeLessThan(1)
})

test('SC-8 no clip is spelt out in the letters of another language', async () => {
  const texts = Object.values(PHRASES['zh-CN']).join('。\n')
  const heard = await phonemesOf(texts, 'zh-CN')
  // One syllable for each character: nothing is left out and nothing is spelt.
  expect(heard.split('_|').length - 1).toBe(texts.match(/\p{Script=Han}/gu)?.length)
  expect(heard).not.toContain('(en)')
  expect(await phonemesOf(Object.values(PHRASES.en).join('\n'), 'en')).not.toContain('(cmn)')
})

test('SC-8 a recorded folder becomes a pack that the counter accepts, and what is missing stays silent', async () => {
  const language = 'zh-CN'
  const recorded = mkdtempSync(join(tmpdir(), 'canteen-recorded-'))
  await renderClips(language, { yuan: '元', n1: '一' }, recorded)
  const { present, missing } = indexPack(recorded, language)
  expect(present.toSorted()).toEqual(['n1', 'yuan'])
  expect(missing).toHaveLength(Object.keys(PHRASES[language]).length - 2)
  const read = (path: string) => Promise.resolve(bytesOf(join(recorded, path.replace(`${language}/`, ''))))
  const pack = await loadVoicePack({ read }, language)
  expect([...pack.clips.keys()].toSorted()).toEqual(['n1', 'yuan'])
  rmSync(recorded, { recursive: true })
})

function bytesOf(path: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path)).buffer
}

test('SC-9 a quiet and a loud recording of the same sound end at the same level', () => {
  const tone = Float32Array.from(
    { length: 22_050 },
    (_, index) => Math.sin(index / 8) * (index > 4_000 ? 0.9 : 0),
  )
  const quiet = tone.map((sample) => sample * 0.01)
  const levels = [tone, quiet].map((samples) => decibelsOf(samplesOf(wavOf(levelled(trimmed(samples))))))
  for (const level of levels) expect(level).toBeCloseTo(-20, 0)
  expect(samplesOf(wavOf(trimmed(tone))).length).toBeLessThan(tone.length - 3_000)
})
