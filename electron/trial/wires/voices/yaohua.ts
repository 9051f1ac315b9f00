import { yaohuaFrame } from '../frames.ts'
import type { ScaleVoice } from './voice.ts'

const MG_PER_GRAM = 1000

/** It has no word for overload: the digits go on. Twelve bytes at 9600 baud take 12.5 ms, and frames come back to back. */
export const yaohuaStx12Voice: ScaleVoice = {
  kind: 'talks',
  everyMs: 12.5,
  frame: ({ weightMg }) => yaohuaFrame(Math.round(weightMg / MG_PER_GRAM), 3),
}
