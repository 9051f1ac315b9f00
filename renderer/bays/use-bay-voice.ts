import { useEffect, useRef } from 'react'
import type { Language } from '../i18n/language.ts'
import { noteProblem } from '../stores/problems.ts'
import { VoicePlayer } from '../voice/player.ts'
import { speechToClips, type Spoken } from '../voice/speech.ts'

interface BayVoice<View> {
  readonly view: View | null
  readonly announced: (before: View, now: View) => Spoken | null
  readonly language: Language
  /** As a gain; 0 is silence. */
  readonly volume: number
}

/** Says what a change of the screen announces, once. What stood there before the window opened is not said. */
export function useBayVoice<View>({ view, announced, language, volume }: BayVoice<View>): void {
  const player = useRef<VoicePlayer | null>(null)
  const last = useRef<View | null>(null)
  useEffect(() => {
    if (volume === 0) return
    player.current ??= new VoicePlayer()
    player.current.setVolume(volume)
    player.current.setLanguage(language).catch(noteProblem)
  }, [language, volume])

  useEffect(() => {
    const before = last.current
    last.current = view
    if (view === null || before === null || before === view || volume === 0) return
    const announcement = announced(before, view)
    if (announcement !== null) player.current?.say(speechToClips(announcement, language)).catch(noteProblem)
  }, [view, announced, language, volume])
}
