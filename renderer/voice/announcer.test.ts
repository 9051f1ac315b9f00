import { describe, expect, test } from 'vitest'
import { Announcer, type VoiceOutput } from './announcer.ts'
import type { ClipId } from './numbers.ts'

/** Ends each sound only when told to, and remembers what sounded. */
class HeldOutput implements VoiceOutput {
  readonly sounded: string[] = []
  readonly missing = new Set<ClipId>()
  sounding = 0
  most = 0
  #end: (() => void) | null = null

  has(clip: ClipId): boolean {
    return !this.missing.has(clip)
  }
  playClip(clip: ClipId): Promise<void> {
    return this.#hold(clip)
  }
  playTone(tone: string): Promise<void> {
    return this.#hold(tone)
  }
  rest(): Promise<void> {
    return Promise.resolve()
  }
  async endSound(): Promise<void> {
    this.#end?.()
    for (let turn = 0; turn < 8; turn++) await Promise.resolve()
  }
  #hold(name: string): Promise<void> {
    this.sounded.push(name)
    this.sounding += 1
    this.most = Math.max(this.most, this.sounding)
    return new Promise((resolve) => {
      this.#end = () => {
        this.#end = null
        this.sounding -= 1
        resolve()
      }
    })
  }
}

describe('announcer', () => {
  test('SC-9 a new announcement replaces the old one at the end of a clip and never overlaps it', async () => {
    const output = new HeldOutput()
    const announcer = new Announcer(output)
    const first = announcer.say({ tone: null, groups: [['total', 'n9', 'yuan', 'n6', 'jiao']] })
    await output.endSound()
    const second = announcer.say({ tone: 'accepted', groups: [['you-pay', 'n6', 'yuan']] })
    for (let end = 0; end < 8; end++) await output.endSound()
    await Promise.all([first, second])
    expect(output.sounded).toEqual(['total', 'n9', 'accepted', 'you-pay', 'n6', 'yuan'])
    expect(output.most).toBe(1)
  })

  test('SC-8 a missing clip silences its whole group: never a wrong number', async () => {
    const output = new HeldOutput()
    output.missing.add('n80')
    const announcer = new Announcer(output)
    const said = announcer.say({
      tone: null,
      groups: [['balance', 'n80', 'yuan', 'n4', 'jiao'], ['ask-staff']],
    })
    for (let end = 0; end < 4; end++) await output.endSound()
    await said
    expect(output.sounded).toEqual(['ask-staff'])
  })

  test('SC-9 it speaks again after it has finished', async () => {
    const output = new HeldOutput()
    const announcer = new Announcer(output)
    for (const clip of ['tap-card', 'place-plate']) {
      const said = announcer.say({ tone: null, groups: [[clip]] })
      await output.endSound()
      await said
    }
    expect(output.sounded).toEqual(['tap-card', 'place-plate'])
  })
})
