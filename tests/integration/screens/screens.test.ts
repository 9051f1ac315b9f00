import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../../../renderer/i18n/language.ts'
import type { VoiceManifest } from '../../../renderer/voice/pack.ts'
import { speechToClips } from '../../../renderer/voice/speech.ts'
import { phaseFixtures, viewFixtures } from '../../fixtures/views.ts'
import { openGalleryWindow, type GalleryWindow } from './gallery/open-window.ts'
import { serveGallery, type ServedGallery } from './gallery/serve.ts'
import { SPOKEN } from './gallery/spoken.ts'
import { measureScreen, type Limits, type Measured } from './measure.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
const PICTURES = join(import.meta.dirname, '..', '..', '..', 'out', 'screens')

const SENIORS: Limits = { wordsPx: 28, pricePx: 96, targetPx: 80, contrast: 7, mayScroll: '' }
const STAFF: Limits = {
  wordsPx: 16,
  pricePx: 0,
  targetPx: 40,
  contrast: 7,
  mayScroll: '.keys, .sale-lines, .recent, .why-body',
}

let gallery: ServedGallery
let shown: GalleryWindow
const complaints: string[] = []

beforeAll(async () => {
  rmSync(PICTURES, { recursive: true, force: true })
  mkdirSync(PICTURES, { recursive: true })
  gallery = await serveGallery()
  shown = await openGalleryWindow(`${gallery.address}#seniors/idle/zh-CN`)
  shown.page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  shown.page.on('pageerror', (error) => complaints.push(String(error)))
}, 120_000)

afterAll(async () => {
  await shown.close()
  await gallery.close()
})

async function measured(
  screen: string,
  fixture: string,
  language: Language,
  limits: Limits,
): Promise<Measured> {
  const name = `${screen}/${fixture}/${language}`
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

const FAULTS = ['small', 'smallPrice', 'weak', 'smallTargets', 'cutOff', 'overlapping'] as const

interface Seen extends Measured {
  readonly fixture: string
  readonly language: Language
}

/** Measures a screen in every state and both languages; keeps a picture of each phase. */
async function everyState(
  screen: string,
  fixtures: readonly string[],
  limits: Limits,
): Promise<readonly Seen[]> {
  const width = await shown.page.evaluate(() => innerWidth)
  const seen: Seen[] = []
  for (const language of LANGUAGES)
    for (const fixture of fixtures) {
      seen.push({ ...(await measured(screen, fixture, language, limits)), fixture, language })
      if (language === 'zh-CN' && PICTURED.has(fixture))
        await shown.picture(join(PICTURES, `${screen}-${fixture}-${width}.png`))
    }
  return seen
}

const PICTURED = new Set([
  ...Object.keys(phaseFixtures),
  'card-lost',
  'scale-disconnected',
  'take-plate-away',
])

/** Everything that is wrong with some screens, each with the screen's name. */
function faultsOf(seen: readonly Seen[]): readonly string[] {
  return seen.flatMap((found) => {
    const faults = FAULTS.flatMap((fault) => found[fault].map((what) => `${fault}: ${what}`))
    if (found.scrolls) faults.push('the page scrolls')
    if (found.words === 0) faults.push('nothing is shown')
    return faults.map((fault) => `${found.fixture} ${found.language}: ${fault}`)
  })
}

const STATES = Object.keys(viewFixtures)

describe.each(SIZES)('at $width × $height', ({ width, height }) => {
  let seniors: readonly Seen[]
  let staff: readonly Seen[]

  beforeAll(async () => {
    await shown.resize(width, height)
    seniors = await everyState('seniors', [...STATES, 'idle~long', 'ready~lost'], SENIORS)
    staff = await everyState('staff', [...STATES, 'idle~empty', 'idle~long'], STAFF)
  }, 240_000)

  test('SC-1 SC-2 the seniors’ screen is large, strong and whole in every state and both languages', () => {
    expect(seniors.length).toBe((STATES.length + 2) * LANGUAGES.length)
    expect(faultsOf(seniors)).toEqual([])
  })

  test('SC-2 the staff’s screen is strong and whole in every state and both languages', () => {
    expect(faultsOf(staff)).toEqual([])
  })

  test('SC-3 every state has one sign', () => {
    expect(seniors.filter(({ signs }) => signs.length !== 1)).toEqual([])
  })

  test('SC-4 the amount stands in the same place in every state', () => {
    const places = seniors.flatMap(({ priceAt }) => (priceAt === null ? [] : [JSON.stringify(priceAt)]))
    expect(places.length).toBeGreaterThan(10)
    expect(new Set(places).size).toBe(1)
  })

  test('SC-13 the trial is marked on every screen', async () => {
    const trial = await measured('trial', 'idle', 'zh-CN', STAFF)
    for (const { trialMarks } of [...seniors, ...staff, trial]) expect(trialMarks).toEqual(['演示 Trial'])
    expect([...trial.weak, ...trial.overlapping]).toEqual([])
    for (const part of ['bays', 'paper']) {
      await shown.page.click(`[data-part="${part}"]`)
      await shown.page.waitForSelector(`[data-shows="${part}"]`)
      await shown.picture(join(PICTURES, `trial-${part}-${width}.png`))
      const seen = await shown.page.evaluate(measureScreen, STAFF)
      expect([...seen.weak, ...seen.overlapping]).toEqual([])
      expect(seen.trialMarks).toEqual(['演示 Trial'])
    }
  })

  test('SC-3 a picture of every phase is kept', () => {
    const kept = readdirSync(PICTURES).filter(
      (name) => name.endsWith(`-${width}.png`) && !name.startsWith('trial-'),
    )
    expect(kept).toHaveLength(PICTURED.size * 2)
  })
})

describe('the staff’s keys', () => {
  const pressed = () =>
    shown.page.evaluate(() => document.documentElement.dataset['pressed']?.split('\n') ?? [])

  beforeAll(async () => {
    await shown.resize(1280, 800)
    await shown.page.reload()
    await measured('staff', 'ready', 'zh-CN', STAFF)
  })

  test('SC-5 SC-10 a trembling touch is one touch, and its refusal is said in words', async () => {
    await shown.page.dblclick('[data-key="dish:braised-pork"]', { delay: 40 })
    expect(await pressed()).toEqual(['{"kind":"choose-dish","dishId":"braised-pork"}'])
    const words = await shown.page.textContent('[data-refused="NOT_NOW"]')
    expect(words).toContain('红烧肉')
    expect(words).toContain('等待刷卡')
  })

  test('SC-10 the keyboard presses what its keys show, with the number of portions', async () => {
    await shown.page.click('[aria-label="多一份"]')
    await shown.page.keyboard.press('w')
    await shown.page.keyboard.press('F4')
    expect((await pressed()).slice(1)).toEqual([
      '{"kind":"add-portion","dishId":"rib-soup","quantity":2}',
      '{"kind":"hold"}',
    ])
    expect(await shown.page.textContent('.quantity-number')).toBe('1')
  })

  test('SC-10 what the station does not offer rests', async () => {
    expect(await shown.page.isDisabled('[data-key="take-cash"]')).toBe(true)
    expect(await shown.page.isEnabled('[data-key="guest-cash"]')).toBe(true)
    await measured('staff', 'checking', 'zh-CN', STAFF)
    // But for the drawer's: it is no key of the sale.
    const keys = '.actions button:enabled:not([data-key="drawer"]), .keys .key:enabled'
    expect(await shown.page.locator(keys).count()).toBe(0)
    await measured('staff', 'ready', 'zh-CN', STAFF)
  })

  test('SC-2 SC-10 a sale is dropped only after it was asked about in words, and Esc keeps it', async () => {
    const before = await pressed()
    await shown.page.keyboard.press('Escape')
    await shown.page.waitForSelector('[data-dialog="cancel"]')
    const asked = await shown.page.evaluate(measureScreen, STAFF)
    expect(FAULTS.flatMap((fault) => asked[fault])).toEqual([])
    expect(await shown.page.textContent('[data-dialog="cancel"]')).toContain('原价 9.60 元')
    await shown.page.keyboard.press('Escape')
    expect(await shown.page.locator('dialog').count()).toBe(0)
    expect(await pressed()).toEqual(before)
    await shown.page.click('[data-key="cancel"]')
    await shown.page.click('[data-key="confirm-cancel"]')
    expect(await pressed()).toEqual([...before, '{"kind":"cancel"}'])
  })

  test('SC-2 PO-5 "why this price" shows each step in words, in both languages', async () => {
    for (const [language, words] of [
      ['zh-CN', '60 岁以上助餐补贴：市、区财政替您付 3.00 元'],
      ['en', 'Meal subsidy from 60: 3.00 yuan paid for you by city and district budgets'],
    ] as const) {
      await measured('staff', 'paid', language, STAFF)
      await shown.page.click('[data-why]')
      await shown.page.waitForSelector('.why-body')
      const { weak, cutOff, overlapping } = await shown.page.evaluate(measureScreen, STAFF)
      expect([...weak, ...cutOff, ...overlapping]).toEqual([])
      expect(await shown.page.textContent('.why-body')).toContain(words)
      await shown.page.click('[data-key="for-auditor"]')
      expect(await shown.page.textContent('.why-body')).toContain('[lunch]')
      const forAuditor = await shown.page.evaluate(measureScreen, STAFF)
      expect([...forAuditor.weak, ...forAuditor.cutOff, ...forAuditor.overlapping]).toEqual([])
      await shown.picture(join(PICTURES, `staff-why-audit-${language}.png`))
      await shown.page.click('[data-key="close"]')
    }
  })

  test('SC-2 the day’s figures and the settings are strong and whole', async () => {
    await measured('staff', 'idle', 'en', STAFF)
    await shown.page.click('[data-tab="today"]')
    expect(await shown.page.textContent('.today-meals')).toContain('86')
    const today = await shown.page.evaluate(measureScreen, STAFF)
    await shown.page.click('[data-key="settings"]')
    const settings = await shown.page.evaluate(measureScreen, STAFF)
    expect([today, settings].flatMap((found) => FAULTS.flatMap((fault) => found[fault]))).toEqual([])
    await shown.page.click('[data-key="close"]')
  })
})

test('SC-8 SC-9 the default voice speaks in a real window: each clip whole, in order, never two at once', async () => {
  await measured('voice', 'paid', 'zh-CN', STAFF)
  await shown.page.waitForSelector('[data-voice="ready"]', { timeout: 20_000 })
  await shown.page.evaluate(() => {
    const started: { atMs: number; lastsMs: number; kind: string }[] = []
    Object.assign(globalThis, { started })
    for (const { prototype } of [AudioBufferSourceNode, AudioScheduledSourceNode]) {
      const start = Object.getOwnPropertyDescriptor(prototype, 'start')?.value as (at?: number) => void
      prototype.start = function noted(this: AudioScheduledSourceNode, at?: number) {
        const lastsMs = this instanceof AudioBufferSourceNode ? (this.buffer?.duration ?? 0) * 1_000 : 0
        started.push({ atMs: performance.now(), lastsMs, kind: this.constructor.name })
        start.call(this, at ?? 0)
      }
    }
  })
  await shown.page.click('[data-voice="ready"]')
  await shown.page.waitForSelector('[data-voice="said"]', { timeout: 20_000 })
  const started = await shown.page.evaluate(
    () => (globalThis as unknown as { started: { atMs: number; lastsMs: number; kind: string }[] }).started,
  )
  const clips = started.filter(({ kind }) => kind === 'AudioBufferSourceNode')
  // The first announcement is replaced after the clip that was sounding; the tones come with the second.
  const replaced = speechToClips(SPOKEN.total, 'zh-CN').groups.flat().slice(0, 1)
  const said = speechToClips(SPOKEN.paid, 'zh-CN').groups.flat()
  const manifest = (await (
    await fetch(`${gallery.address}voice/zh-CN/manifest.json`)
  ).json()) as VoiceManifest
  const lasting = [...replaced, ...said].map((clip) => manifest.clips[clip]?.durationMs)
  expect(clips.map(({ lastsMs }) => Math.round(lastsMs / 10))).toEqual(
    lasting.map((ms) => Math.round((ms ?? 0) / 10)),
  )
  const overlaps = clips.slice(1).filter((clip, index) => {
    const before = clips[index]
    return before !== undefined && clip.atMs < before.atMs + before.lastsMs - 30
  })
  expect(overlaps).toEqual([])
  expect(started.filter(({ kind }) => kind === 'OscillatorNode')).toHaveLength(2)
}, 60_000)

test('SC-1 the measure sees what is too small, too weak, cut off and on top of something else', async () => {
  await shown.resize(1280, 800)
  await measured('seniors', 'ready', 'zh-CN', SENIORS)
  await shown.page.evaluate(() => {
    const spoil = (selector: string, property: string, value: string) =>
      document.querySelector<HTMLElement>(selector)?.style.setProperty(property, value)
    spoil('.story-action', 'font-size', '20px')
    spoil('.story-title', 'color', '#a08060')
    spoil('.language-button', 'height', '60px')
    spoil('.story-action', 'transform', 'translateY(-60px)')
    spoil('.basket', 'transform', 'translateY(500px)')
  })
  const measure = await shown.page.evaluate(measureScreen, { ...SENIORS, pricePx: 300 })
  expect(FAULTS.filter((fault) => measure[fault].length === 0)).toEqual([])
})

test('SE-2 SC-1 nothing breaks the content security policy, and the pages complain about nothing', () => {
  expect(complaints).toEqual([])
})
