import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fileBehind, isOwnPage, placesBehind } from './page-url.ts'

describe('SE-4 a sender is known by its parsed address', () => {
  test.each([
    'app://canteen/index.html',
    'app://canteen/index.html#/staff',
    'app://canteen/',
    'app://canteen',
    'app://canteen/?next=https://example.com',
  ])('own: %s', (address) => {
    expect(isOwnPage(address)).toBe(true)
  })

  test.each([
    'app://canteen.evil/index.html',
    'app://evil/?app://canteen/index.html',
    'app://evil/app://canteen/',
    'app://canteen@evil/index.html',
    'app://user@canteen/index.html',
    'app://user:word@canteen/index.html',
    'app://canteen:8080/index.html',
    'app://evilcanteen/',
    'app:canteen/index.html',
    'https://canteen/index.html',
    'https://example.com/#app://canteen/',
    'xapp://canteen/index.html',
    'file:///app://canteen/index.html',
    'data:text/html,app://canteen/',
    'blob:app://canteen/1',
    'about:blank',
    'devtools://devtools/app://canteen/',
    ' javascript:alert(1)//app://canteen/',
    'app://',
    '',
  ])('not own: %s', (address) => {
    expect(isOwnPage(address)).toBe(false)
  })
})

describe('SE-2 an address leads to a file inside the application or to none', () => {
  const folders = { pages: '/out/renderer', voice: '/out/voice', fault: '/out/fault' }

  test.each([
    ['app://canteen/', '/out/renderer/index.html'],
    ['app://canteen/index.html#/staff', '/out/renderer/index.html'],
    ['app://canteen/assets/index-1.js', '/out/renderer/assets/index-1.js'],
    ['app://canteen/voice/zh-CN/yuan.wav', '/out/voice/zh-CN/yuan.wav'],
    ['app://canteen/fault/fault.html?attempt=1', '/out/fault/fault.html'],
    ['app://canteen/a/../b.js', '/out/renderer/b.js'],
    ['app://canteen/%E9%B1%BC.png', '/out/renderer/鱼.png'],
  ])('%s is %s', (address, path) => {
    expect(fileBehind(address, folders)).toBe(join(path))
  })

  test.each([
    'app://canteen/..%2f..%2fpackage.json',
    'app://canteen/voice/..%2f..%2fmain/index.cjs',
    'app://canteen/%2e%2e%2fsecret',
    String.raw`app://canteen/..\..\secret`,
    'app://canteen/a%5c..%5cb',
    'app://canteen/a%00.js',
    'app://canteen/%E9',
    'app://evil/index.html',
  ])('%s is refused', (address) => {
    expect(fileBehind(address, folders)).toBeNull()
  })

  test('SC-8 a canteen’s own recording comes before the packaged clip, and nothing else changes places', () => {
    const own = { ...folders, recordedVoice: '/data/voice' }
    expect(placesBehind('app://canteen/voice/zh-CN/yuan.wav', own)).toEqual([
      join('/data/voice/zh-CN/yuan.wav'),
      join('/out/voice/zh-CN/yuan.wav'),
    ])
    expect(placesBehind('app://canteen/index.html', own)).toEqual([join('/out/renderer/index.html')])
    expect(placesBehind('app://canteen/voice/..%2f..%2fbook.sqlite', own)).toEqual([])
  })

  test('SE-2 no path whatever leaves the folders', () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '/', '\\', 'voice', 'fault', '%00', '~'),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const path = fileBehind(`app://canteen/${parts.join('/')}`, folders)
        expect(path === null || Object.values(folders).some((folder) => path.startsWith(folder))).toBe(true)
        expect(path?.split('/').includes('..') ?? false).toBe(false)
      }),
    )
  })
})
