import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ConfigError, parseConfig } from '../../electron/station/config/config.ts'
import { lineText } from '../../electron/station/devices/capture/capture.ts'
import {
  ID_READER_PROTOCOLS,
  READER_PROTOCOLS,
  SCALE_PROTOCOLS,
} from '../../electron/station/devices/protocols/index.ts'
import { parseSeedFile } from '../../shared/contract/seed-file.ts'
import { PROJECT_ROOT } from './source-files.ts'

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(PROJECT_ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

const textOf = (path: string): string => readFileSync(join(PROJECT_ROOT, path), 'utf8')

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(textOf('package.json')))

/** npm's own commands that the documents name. */
const NPM_COMMANDS = ['ci', 'start', 'test', 'run']

const missingLinks = (document: string, text: string): readonly string[] =>
  [...text.matchAll(/\]\((?<target>[^)#]+)[^)]*\)/g)]
    .map((link) => link.groups?.['target'] ?? '')
    .filter((target) => !target.startsWith('https:'))
    .filter((target) => !existsSync(join(PROJECT_ROOT, document, '..', target)))

const missingScripts = (text: string): readonly string[] =>
  [...text.matchAll(/(?<=^|`)npm (?:run )?(?:--silent )?(?<script>[a-z:]+)/gm)]
    .map((use) => use.groups?.['script'] ?? '')
    .filter((script) => !Object.hasOwn(scripts, script) && !NPM_COMMANDS.includes(script))

const missingFolders = (text: string): readonly string[] =>
  [...text.matchAll(/^(?<path>(?:electron|renderer|shared|migrations|tests|docs)\/\S*)\s+/gm)]
    .map((line) => line.groups?.['path'] ?? '')
    .filter((path) => !existsSync(join(PROJECT_ROOT, path)))

const jsonExamples = (text: string): readonly string[] =>
  [...text.matchAll(/^ *```json\n(?<example>[\s\S]*?)^ *```$/gm)].map(
    (block) => block.groups?.['example'] ?? '',
  )

const TABLE_ROW =
  /^\| (?:scale|card reader|ID reader) +\| `(?<name>[^`]+)` +\| (?<line>[^|]*?) +\|[^|]*\| (?<sure>\w+) +\|$/gm

describe('AR-9 the documents say what is there', () => {
  for (const document of DOCUMENTS) {
    test(`AR-9 ${document} links to files that exist`, () => {
      expect(missingLinks(document, textOf(document))).toEqual([])
    })

    test(`AR-9 ${document} names scripts that package.json has`, () => {
      expect(missingScripts(textOf(document))).toEqual([])
    })
  }

  test('AR-9 the map of the README shows folders that exist', () => {
    expect(missingFolders(textOf('README.md'))).toEqual([])
  })

  for (const document of ['README.md', 'docs/devices.md'])
    test(`AR-9 the example configuration in ${document} is one that the station takes`, () => {
      const examples = jsonExamples(textOf(document))
      expect(examples).toHaveLength(1)
      const config = parseConfig(examples[0] ?? '')
      expect(config.scale).not.toBeNull()
      expect(config.reader).not.toBeNull()
    })

  test('AR-9 the settings of a scale that docs/devices.md shows by themselves are ones that the station takes', () => {
    const guide = textOf('docs/devices.md')
    const whole = z.looseObject({ scale: z.looseObject({}) }).parse(JSON.parse(jsonExamples(guide)[0] ?? ''))
    const shown = [...guide.matchAll(/^```json scale\n(?<settings>[\s\S]*?)^```$/gm)]
    expect(shown.length).toBeGreaterThan(0)
    for (const { groups } of shown) {
      const settings = z.looseObject({}).parse(JSON.parse(`{${groups?.['settings'] ?? ''}}`))
      const scale = { ...whole.scale, protocol: 'modbus-rtu', ...settings }
      expect(parseConfig(JSON.stringify({ ...whole, scale })).scale?.protocol).toBe('modbus-rtu')
    }
  })

  test('AR-9 the table of docs/devices.md names what canteen.json takes, with its line and how sure it is', () => {
    const shown = [...textOf('docs/devices.md').matchAll(TABLE_ROW)].map(({ groups }) => groups)
    const taken = Object.entries({ ...SCALE_PROTOCOLS, ...READER_PROTOCOLS, ...ID_READER_PROTOCOLS })
      .filter(([, { confidence }]) => confidence !== 'capture-needed')
      .map(([name, { line, confidence }]) => ({ name, line: lineText(line), sure: confidence as string }))
    const typed = { name: 'keyboard-wedge', line: 'no port', sure: 'certain' }
    const byName = (a: { readonly name?: string }, b: { readonly name?: string }): number =>
      (a.name ?? '') < (b.name ?? '') ? -1 : 1
    expect(shown.map((row) => ({ ...row })).toSorted(byName)).toEqual([...taken, typed].toSorted(byName))
  })

  test('AR-9 the worked example of docs/devices.md is the file that it names', () => {
    const guide = textOf('docs/devices.md')
    const file = /whole of\s+`(?<file>[^`]+)`/.exec(guide)?.groups?.['file'] ?? ''
    const shown = /^```ts\n(?<code>[\s\S]*?)^```$/m.exec(guide)?.groups?.['code']
    expect(shown).toBe(textOf(file))
  })

  test('AR-9 the example menu and members of docs/operations.md are what canteen seed takes', () => {
    const examples = jsonExamples(textOf('docs/operations.md'))
    expect(examples).toHaveLength(1)
    expect(parseSeedFile(examples[0] ?? '')).toMatchObject({
      kind: 'file',
      file: { members: [{ memberId: 'm-0001' }] },
    })
  })

  test('AR-9 planted: a dead link, an unknown script, a folder that is gone, a wrong example', () => {
    expect(missingLinks('README.md', 'see [x](docs/nowhere.md#a) and [y](https://example.org)')).toEqual([
      'docs/nowhere.md',
    ])
    expect(missingScripts('`npm run --silent nothing` or npm test')).toEqual(['nothing'])
    expect(missingFolders('electron/nowhere/   what is not there\n')).toEqual(['electron/nowhere/'])
    expect(parseSeedFile('{ "menu": {} }').kind).toBe('refused')
    expect(() => parseConfig(jsonExamples('```json\n{ "stationId": 1 }\n```')[0] ?? '')).toThrow(ConfigError)
  })
})
