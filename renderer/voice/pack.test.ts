import { describe, expect, test } from 'vitest'
import { loadVoicePack, type VoiceFiles, type VoiceManifest } from './pack.ts'
import { PHRASES } from './phrases.ts'

function wav(milliseconds: number): ArrayBuffer {
  const length = Math.round(22.05 * milliseconds) * 2
  const view = new DataView(new ArrayBuffer(44 + length))
  view.setUint32(0, 0x52494646)
  view.setUint32(28, 44_100, true)
  view.setUint32(36, 0x64617461)
  view.setUint32(40, length, true)
  return view.buffer
}

async function sha256(file: ArrayBuffer): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', file)).toString('hex')
}

/** A small pack of three clips, with one thing changed. */
async function packWith(
  change: (manifest: VoiceManifest) => unknown,
  files: Record<string, ArrayBuffer> = {},
) {
  const sound = wav(300)
  const facts = async (id: string) =>
    [id, { text: PHRASES['zh-CN'][id] ?? '', sha256: await sha256(sound), durationMs: 300 }] as const
  const clips = Object.fromEntries(await Promise.all(['n1', 'n2', 'yuan'].map(facts)))
  const manifest = change({ language: 'zh-CN', clips })
  const all: Record<string, ArrayBuffer> = {
    'zh-CN/n1.wav': sound,
    'zh-CN/n2.wav': sound,
    'zh-CN/yuan.wav': sound,
    'zh-CN/manifest.json': new TextEncoder().encode(JSON.stringify(manifest)).buffer,
    ...files,
  }
  const reader: VoiceFiles = { read: (path) => Promise.resolve(all[path] ?? null) }
  return [...(await loadVoicePack(reader, 'zh-CN')).clips.keys()].toSorted()
}

describe('voice pack', () => {
  test('SC-8 clips that are what the manifest says are kept, and all others are named as silent', async () => {
    expect(await packWith((manifest) => manifest)).toEqual(['n1', 'n2', 'yuan'])
    const empty = await loadVoicePack({ read: () => Promise.resolve(null) }, 'zh-CN')
    expect(empty.clips.size).toBe(0)
  })

  test('SC-8 a clip recorded for other words is silent', async () => {
    const other = (manifest: VoiceManifest) => ({
      ...manifest,
      clips: { ...manifest.clips, n2: { ...manifest.clips['n2'], text: '三' } },
    })
    expect(await packWith(other)).toEqual(['n1', 'yuan'])
  })

  test('SC-8 a clip with other bytes or another length is silent', async () => {
    const changed = wav(300)
    new DataView(changed).setUint8(60, 1)
    expect(await packWith((manifest) => manifest, { 'zh-CN/n1.wav': changed })).toEqual(['n2', 'yuan'])
    const longer = (manifest: VoiceManifest) => ({
      ...manifest,
      clips: { ...manifest.clips, yuan: { ...manifest.clips['yuan'], durationMs: 900 } },
    })
    expect(await packWith(longer)).toEqual(['n1', 'n2'])
  })

  test('SC-8 a pack of another language or a broken manifest is silence', async () => {
    expect(await packWith((manifest) => ({ ...manifest, language: 'en' }))).toEqual([])
    expect(await packWith(() => ({ clips: 3 }))).toEqual([])
    const broken = new TextEncoder().encode('{"language":').buffer
    expect(await packWith((manifest) => manifest, { 'zh-CN/manifest.json': broken })).toEqual([])
  })
})
