import { asciiBytes } from '../../../station/devices/protocols/bytes.ts'
import { latin1 } from '../../../station/devices/protocols/grammar.ts'
import { mtSicsWeight } from '../frames.ts'
import { lineLength, type ScaleVoice, type Shown } from './voice.ts'

const OVERLOAD = asciiBytes('S +\r\n')
const UNDERLOAD = asciiBytes('S -\r\n')
const BUSY = asciiBytes('S I\r\n')
const SYNTAX_ERROR = asciiBytes('ES\r\n')
const ZEROED = asciiBytes('Z A\r\n')
const SERIAL_NUMBER = asciiBytes('I4 A "SIMULATED"\r\n')

function weightNow({ busy, range, stable, weightMg }: Shown): Uint8Array {
  if (busy) return BUSY
  if (range === 'in') return mtSicsWeight(stable, weightMg)
  return range === 'over' ? OVERLOAD : UNDERLOAD
}

export const mtSicsVoice: ScaleVoice = {
  kind: 'answers',
  requestLength: lineLength,
  answer(request, shown, keys) {
    switch (latin1(request, 0, request.length).trim()) {
      case 'SI':
        return weightNow(shown)
      case 'S':
        return shown.stable ? weightNow(shown) : BUSY
      case 'Z':
        keys.zero()
        return ZEROED
      case '@':
        return SERIAL_NUMBER
      default:
        return SYNTAX_ERROR
    }
  },
}
