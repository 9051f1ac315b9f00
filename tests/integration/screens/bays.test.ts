import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LANGUAGES } from '../../../renderer/i18n/language.ts'
import { bayFixtures, exitFixtures } from '../../fixtures/bay-views.ts'
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
