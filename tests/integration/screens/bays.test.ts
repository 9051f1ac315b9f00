import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LANGUAGES } from '../../../renderer/i18n/language.ts'
import { bayFixtures, exitFixtures } from '../../fixtures/bay-views.ts'
import type { VoiceManifest } from '../../../renderer/voice/pack.ts'
import { speechToClips, type Spoken } from '../../../renderer/voice/speech.ts'
import { openGalleryWindow, type GalleryWindow } from './gallery/open-window.ts'
import { serveGallery, type ServedGallery } from './gallery/serve.ts'
import { measureScreen, type Limits, type Measured } from './measure.ts'

const PICTURES = join(import.meta.dirname, '..', '..', '..', 'out', 'bays')
const SCREENS = { bay: Object.keys(bayFixtures), exit: Object.keys(exitFixtures) }

/** A small screen stands within reach: its letters may be as much smaller as it is itself. */
const SIZES = [
  { width: 1280, height: 800, wordsPx: 28, pricePx: 96 },
  { width: 800, height: 480, wordsPx: 16, pricePx: 56 },
] as const

let gallery: ServedGallery
let shown: GalleryWindow

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true })
  gallery = await serveGallery()
  shown = await openGalleryWindow(`${gallery.address}#bay/idle/zh-CN`)
}, 120_000)

afterAll(async () => {
  await shown.close()
  await gallery.close()
})

async function measured(name: string, limits: Limits): Promise<Measured> {
  await shown.page.evaluate((hash) => {
    location.hash = hash
  }, name)
  await shown.page.waitForSelector(`[data-shown="${name}"]`)
  await shown.page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve))
    })
  })
  return shown.page.evaluate(measureScreen, limits)
}

test.each(SIZES)(
  'SC-1 SC-2 the screens of bays and exit at $width × $height: large words, clear of each other, in both languages',
  async ({ width, height, wordsPx, pricePx }) => {
    await shown.resize(width, height)
    const limits: Limits = { wordsPx, pricePx, targetPx: 0, contrast: 7, mayScroll: '' }
    const faults: unknown[] = []
    for (const language of LANGUAGES)
      for (const [screen, fixtures] of Object.entries(SCREENS))
        for (const fixture of fixtures) {
          const seen = await measured(`${screen}/${fixture}/${language}`, limits)
          const { small, smallPrice, weak, cutOff, overlapping } = seen
          const all = [small, smallPrice, weak, cutOff, overlapping].flat()
          if (all.length > 0) faults.push({ screen, fixture, language, all })
          await shown.picture(join(PICTURES, `${screen}-${fixture}-${language}-${width}.png`))
        }
    expect(faults).toEqual([])
  },
  240_000,
)

/** How long each clip lasts that a bay's page plays from now on: the sounds themselves are the witnesses. */
async function listenToClips(): Promise<() => Promise<readonly number[]>> {
  await shown.page.evaluate(() => {
    const lasting: number[] = []
    Object.assign(globalThis, { lasting })
    const { prototype } = AudioBufferSourceNode
    const start = Object.getOwnPropertyDescriptor(prototype, 'start')?.value as () => void
    prototype.start = function noted(this: AudioBufferSourceNode) {
      lasting.push((this.buffer?.duration ?? 0) * 1_000)
      start.call(this)
    }
  })
  return () => shown.page.evaluate(() => (globalThis as unknown as { lasting: number[] }).lasting)
}

test.each(LANGUAGES)(
  'BY-17 BY-18 SC-8 a bay’s own page says what it has to say, in %s',
  async (language) => {
    await shown.page.reload()
    const loaded = shown.page.waitForResponse((response) =>
      response.url().endsWith(`voice/${language}/diet-warning-at-bay.wav`),
    )
    const name = `bay-page/idle/${language}`
    await shown.page.evaluate((hash) => {
      location.hash = hash
    }, name)
    await shown.page.waitForSelector(`[data-shown="${name}"]`, { state: 'attached' })
    const tell = (view: string, speak: boolean) =>
      shown.page.evaluate((detail) => globalThis.dispatchEvent(new CustomEvent('fixture-bay', { detail })), {
        view,
        speak,
      })
    // The clip is asked for by name, and is there.
    expect((await loaded).status()).toBe(200)
    await shown.page.waitForLoadState('networkidle')
    const manifest = (await (
      await fetch(`${gallery.address}voice/${language}/manifest.json`)
    ).json()) as VoiceManifest
    const heard = await listenToClips()
    const tenths = (ms: number): number => Math.round(ms / 100)
    const lengthsOf = (spoken: Spoken): readonly number[] =>
      speechToClips(spoken, language)
        .groups.flat()
        .map((clip) => tenths(manifest.clips[clip]?.durationMs ?? 0))
    const { bay } = { bay: bayFixtures['taking'] }
    if (bay?.dish === null || bay === undefined) throw new Error('the bay sells nothing')
    const { dish, dishId, netMg, amountFen } = bay
    const line: Spoken = { kind: 'line', name: dish.name, dishId, netMg, amountFen }
    const warning: Spoken = { kind: 'diet-warning-at-bay' }
    // Where bays are silent, the warning is said and the line is not.
    await tell('idle', false)
    await tell('taking', false)
    await tell('diet-warning', false)
    await expect
      .poll(async () => (await heard()).map(tenths), { timeout: 15_000 })
      .toEqual(lengthsOf(warning))
    await tell('idle', true)
    await tell('taking', true)
    await expect
      .poll(async () => (await heard()).map(tenths), { timeout: 20_000 })
      .toEqual([...lengthsOf(warning), ...lengthsOf(line)])
  },
  90_000,
)
