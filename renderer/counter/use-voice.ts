import { useEffect, useRef } from 'react'
import type { Speech } from '../../shared/domain/checkout/view.ts'
import type { Language } from '../i18n/language.ts'
import { noteProblem } from '../stores/problems.ts'
import { VoicePlayer } from '../voice/player.ts'
import { newSpeech, speechToClips } from '../voice/speech.ts'

/** Says each new announcement once. What the screen shows never waits for it. */
export function useVoice(
  speech: Speech | null,
  connectionNo: number,
  language: Language,
  volume: number,
): void {
  const player = useRef<VoicePlayer | null>(null)
  const said = useRef<{ readonly connectionNo: number; readonly sequence: number | null }>({
    connectionNo: 0,
    sequence: null,
  })
  useEffect(() => {
    player.current ??= new VoicePlayer()
    player.current.setVolume(volume)
    player.current.setLanguage(language).catch(noteProblem)
  }, [language, volume])

  useEffect(() => {
    const mark = said.current.connectionNo === connectionNo ? said.current.sequence : null
    const announcement = newSpeech(mark, speech)
    said.current = { connectionNo, sequence: speech?.sequence ?? 0 }
    if (announcement !== null && volume > 0)
      player.current?.say(speechToClips(announcement, language)).catch(noteProblem)
  }, [speech, connectionNo, language, volume])
}
