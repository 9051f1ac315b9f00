import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '..', '..', '..', 'renderer', 'ui', 'tokens.css'), 'utf8')

function token(name: string): string {
  const value = new RegExp(`--${name}:\\s*(#[0-9a-f]{6});`).exec(css)?.[1]
  if (value === undefined) throw new Error(`no colour --${name} in tokens.css`)
  return value
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** Which words may stand on which grounds. What the screens really do is measured in a browser besides. */
const WORDS_ON: Readonly<Record<string, readonly string[]>> = {
  ink: ['paper', 'sheet', 'paper-deep', 'wait-wash', 'stop-wash', 'paid-wash'],
  'ink-soft': ['paper', 'sheet', 'paper-deep', 'wait-wash', 'stop-wash', 'paid-wash'],
  persimmon: ['sheet'],
  bamboo: ['paper', 'sheet', 'paper-deep', 'paid-wash'],
  amber: ['paper', 'sheet', 'wait-wash'],
  stop: ['paper', 'sheet', 'stop-wash'],
  'on-dark': ['bamboo', 'ink', 'stop'],
}

test('SC-2 every colour of words is at least 7:1 on each ground it may stand on', () => {
  const weak = Object.entries(WORDS_ON).flatMap(([words, grounds]) =>
    grounds
      .map((ground) => ({ pair: `${words} on ${ground}`, ratio: contrast(token(words), token(ground)) }))
      .filter(({ ratio }) => ratio < 7),
  )
  expect(weak).toEqual([])
})

test('SC-2 the measure itself is right', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})
