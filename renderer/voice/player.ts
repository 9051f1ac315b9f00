import type { Language } from '../i18n/language.ts'
import { Announcer, type VoiceOutput } from './announcer.ts'
import type { ClipId } from './numbers.ts'
import { loadVoicePack, type VoiceFiles, type VoicePack } from './pack.ts'
import type { Tone, Utterance } from './speech.ts'
import { TONES, toneLengthMs } from './tones.ts'

/** As loud as the clips: they lie 20 dB below full scale. */
const TONE_GAIN = 0.16
const EDGE_SECONDS = 0.015
const RESUME_MS = 300
/** A sound that has not ended so long after its time never will: the device has gone. */
const OVERDUE_MS = 1_000

/** The clips that the application brings, beside its pages. */
const packagedVoice: VoiceFiles = {
  async read(path) {
    const response = await fetch(`./voice/${path}`)
    return response.ok ? response.arrayBuffer() : null
  },
}

/** Speaks through the machine's loudspeaker. One per window that speaks. */
export class VoicePlayer implements VoiceOutput {
  readonly #context = new AudioContext()
  readonly #loudness: GainNode
  readonly #announcer = new Announcer(this)
  #pack: VoicePack = { clips: new Map(), silent: [] }
  #language: Language | null = null

  constructor() {
    this.#loudness = new GainNode(this.#context, { gain: 1 })
    this.#loudness.connect(this.#context.destination)
  }

  /** @param volume 0 is silent, 1 as recorded, up to 4 for a loud hall. */
  setVolume(volume: number): void {
    this.#loudness.gain.value = Math.max(0, Math.min(4, volume))
  }

  /** Loads the pack of a language; until it is there the counter is silent. */
  async setLanguage(language: Language): Promise<void> {
    if (this.#language === language) return
    this.#language = language
    this.#pack = { clips: new Map(), silent: [] }
    const pack = await loadVoicePack(packagedVoice, language)
    if (this.#language === language) this.#pack = pack
  }

  async say(utterance: Utterance): Promise<void> {
    // Without a loudspeaker, or before the system allows sound, an announcement is dropped rather than said late.
    if (this.#context.state !== 'running') await Promise.race([this.#context.resume(), this.rest(RESUME_MS)])
    if (this.#context.state === 'running') await this.#announcer.say(utterance)
  }

  has(clip: ClipId): boolean {
    return this.#pack.clips.has(clip)
  }

  async playClip(clip: ClipId): Promise<void> {
    const file = this.#pack.clips.get(clip)
    if (file === undefined) return
    // Decoding takes the buffer away, so it gets a copy.
    const buffer = await this.#context.decodeAudioData(file.slice(0))
    const source = new AudioBufferSourceNode(this.#context, { buffer })
    source.connect(this.#loudness)
    await Promise.race([ended(source), this.rest(buffer.duration * 1_000 + OVERDUE_MS)])
  }

  async playTone(tone: Tone): Promise<void> {
    const startsAt = this.#context.currentTime
    for (const note of TONES[tone])
      this.#playNote(note.frequencyHz, startsAt + note.startMs / 1_000, note.durationMs / 1_000)
    await this.rest(toneLengthMs(tone))
  }

  rest(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, durationMs)
    })
  }

  #playNote(frequency: number, start: number, duration: number): void {
    const gain = new GainNode(this.#context, { gain: 0 })
    gain.gain.setValueAtTime(0, start)
    gain.gain.linearRampToValueAtTime(TONE_GAIN, start + EDGE_SECONDS)
    gain.gain.setValueAtTime(TONE_GAIN, start + duration - EDGE_SECONDS * 2)
    gain.gain.linearRampToValueAtTime(0, start + duration)
    const oscillator = new OscillatorNode(this.#context, { frequency })
    oscillator.connect(gain).connect(this.#loudness)
    oscillator.start(start)
    oscillator.stop(start + duration)
  }
}

function ended(source: AudioBufferSourceNode): Promise<void> {
  return new Promise((resolve) => {
    source.addEventListener('ended', () => resolve(), { once: true })
    source.start()
  })
}
