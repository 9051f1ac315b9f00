import { useEffect, useRef } from 'react'
import type { Speech } from '../../shared/domain/checkout/view.ts'
import type { Language } from '../i18n/language.ts'
import { noteProblem } from '../stores/problems.ts'
import { VoicePlayer } from '../voice/player.ts'
import { newSpeech, speechToClips } from '../voice/speech.ts'

export interface Heard {
  readonly speech: Speech | null
  readonly connectionNo: number
  /** Views that this connection has brought; with none, the speech is still the last connection's. */
  readonly viewsSeen: number
}

/** Says each new announcement once. What the screen shows never waits for it. */
export function useVoice(
  { speech, connectionNo, viewsSeen }: Heard,
  language: Language,
  volume: number,
): void {
  const player = useRef<VoicePlayer | null>(null)
  const said = useRef<{ readonly connectionNo: number; readonly sequence: number } | null>(null)
  useEffect(() => {
    player.current ??= new VoicePlayer()
    player.current.setVolume(volume)
    player.current.setLanguage(language).catch(noteProblem)
  }, [language, volume])

  useEffect(() => {
    if (viewsSeen === 0) return
    const mark = said.current?.connectionNo === connectionNo ? said.current.sequence : null
    const announcement = newSpeech(mark, speech)
    said.current = { connectionNo, sequence: speech?.sequence ?? mark ?? 0 }
    if (announcement !== null && volume > 0)
      player.current?.say(speechToClips(announcement, language)).catch(noteProblem)
  }, [speech, connectionNo, viewsSeen, language, volume])
}
