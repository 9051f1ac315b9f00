import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TROUBLE_CODES } from '../../../shared/domain/checkout/view.ts'
import { en } from '../../../renderer/i18n/en.ts'
import { zhCN } from '../../../renderer/i18n/zh-CN.ts'

const RENDERER = join(import.meta.dirname, '..', '..', '..', 'renderer')

/** Every word of a translation by its dotted name. */
function wordsOf(translation: object, prefix = ''): Map<string, string> {
  const words = new Map<string, string>()
  const entries: [string, unknown][] = Object.entries(translation)
  for (const [key, value] of entries) {
    if (typeof value === 'string') words.set(`${prefix}${key}`, value)
    else if (typeof value === 'object' && value !== null)
      for (const [name, word] of wordsOf(value, `${prefix}${key}.`)) words.set(name, word)
  }
  return words
}

const placeholdersOf = (words: string) => (words.match(/\{\{\w+\}\}/g) ?? []).toSorted()

/** Names of words in the sources: literals, and templates whose gaps may be anything. */
function usedNames(): readonly RegExp[] {
  const sources = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.') && !path.startsWith('i18n/'))
    .map((path) => readFileSync(join(RENDERER, path), 'utf8'))
    .join('\n')
  const called = sources.matchAll(/\bt\(\s*(?:'(?<literal>[^']+)'|`(?<template>[^`]+)`)/g)
  const chosen = sources.matchAll(
    /\?\s+'(?<literal>[a-zA-Z]+(?:\.[\w-]+)+)'\s+: '(?<other>[a-zA-Z]+(?:\.[\w-]+)+)'/g,
  )
  const bilingual = sources.matchAll(/\b(?:zhCN|en)\.(?<literal>[\w.]+(?:\[connection\])?)/g)
  return [...called, ...chosen, ...bilingual].flatMap(({ groups }) =>
    [groups?.['literal'], groups?.['other'], groups?.['template']]
      .filter((name) => name !== undefined)
      .map(patternOf),
  )
}

function patternOf(name: string): RegExp {
  const gap = '\u0000'
  // What is done is named as its entry in the journal is: with a dot of its own.
  const dotted = '\u0001'
  const parts = name
    .replace('${act}', dotted)
    .replace(/\$\{[^}]*\}/g, gap)
    .replace('[connection]', `.${gap}`)
  const escaped = parts.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll(gap, String.raw`[\w-]+`).replace(dotted, String.raw`[\w.-]+`)}$`)
}

describe('words', () => {
  const chinese = wordsOf(zhCN)
  const english = wordsOf(en)

  test('SC-7 both languages have the same words with the same gaps, none empty', () => {
    expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted())
    for (const [name, word] of chinese) {
      expect(placeholdersOf(english.get(name) ?? '')).toEqual(placeholdersOf(word))
      expect(word.trim().length * (english.get(name) ?? '').trim().length).toBeGreaterThan(0)
    }
  })

  test('SC-7 no word is unused', () => {
    const used = usedNames()
    expect(used.length).toBeGreaterThan(50)
    expect([...chinese.keys()].filter((name) => !used.some((pattern) => pattern.test(name)))).toEqual([])
  })

  test('SC-7 the test of unused words would notice one', () => {
    expect(usedNames().some((pattern) => pattern.test('counter.nobody.says.this'))).toBe(false)
    expect(patternOf('trouble.${code}.title').test('trouble.card-lost.title')).toBe(true)
    expect(patternOf('trouble.${code}.title').test('trouble.card-lost.staff')).toBe(false)
  })

  test('CK-17 SC-3 every trouble has words of its own for seniors and staff, in both languages', () => {
    for (const { trouble } of [zhCN, en]) {
      expect(Object.keys(trouble).toSorted()).toEqual([...TROUBLE_CODES].toSorted())
      const titles = TROUBLE_CODES.map((code) => trouble[code].title)
      const staff = TROUBLE_CODES.map((code) => trouble[code].staff)
      expect(new Set(titles).size).toBe(TROUBLE_CODES.length)
      expect(new Set(staff).size).toBe(TROUBLE_CODES.length)
    }
  })

  test('SC-7 English words are in Latin script, Chinese ones are not English left over', () => {
    const otherLanguage = new Set([
      'common.otherLanguage',
      'common.otherLanguageHint',
      'office.settings.zh',
      'members.statement.in.zh-CN',
      'members.statement.in.en',
    ])
    const mixed = [...english].filter(
      ([name, word]) => !otherLanguage.has(name) && /\p{Script=Han}/u.test(word),
    )
    expect(mixed).toEqual([])
    // The Chinese font draws a curly quotation mark as wide as a character.
    expect([...english].filter(([, word]) => /[‘’“”]/u.test(word))).toEqual([])
    const untranslated = [...chinese].filter(
      ([name, word]) => !otherLanguage.has(name) && word === english.get(name) && /[A-Za-z]{2}/.test(word),
    )
    expect(untranslated.map(([name]) => name)).toEqual(['office.settings.en'])
  })
})
