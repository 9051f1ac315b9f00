import type { Words } from '../../shared/domain/menu.ts'
import type { Speech } from '../../shared/domain/checkout/view.ts'
import type { Language } from '../i18n/language.ts'
import { TROUBLE_TONE } from '../ui/trouble.ts'
import { amountToClips, weightToClips, type ClipId } from './numbers.ts'
import { dishClip, funderClip } from './phrases.ts'

export type Tone = 'accepted' | 'refused'

/**
 * What to play for one announcement: a signal tone, then groups of clips with a short rest between them. A group is
 * said whole or not at all, so a missing clip never turns an amount into another one.
 */
export interface Utterance {
  readonly tone: Tone | null
  readonly groups: readonly (readonly ClipId[])[]
}

/** What only a bay says: there she decides herself, by a second tap. */
export interface BaySpeech {
  readonly kind: 'diet-warning-at-bay'
}

/** Everything the voice has words for; which announcement of a window it is does not matter here. */
export type Spoken =
  (Speech extends infer Each ? (Each extends Speech ? Omit<Each, 'sequence'> : never) : never) | BaySpeech

type Group = readonly ClipId[] | null

const withAmount = (lead: ClipId, fen: number, language: Language): Group => {
  const amount = amountToClips(fen, language)
  return amount === null ? null : [lead, ...amount]
}

/** A payer without a clip is left out, with the amount: whose it is must be said. */
function payerSaid(name: Words, amountFen: number, language: Language): Group {
  const clip = funderClip(name, language)
  return clip === null ? null : withAmount(clip, amountFen, language)
}

function groupsOf(speech: Spoken, language: Language): readonly Group[] {
  switch (speech.kind) {
    case 'place-plate':
    case 'tap-card':
    case 'take-plate':
    case 'please-wait':
    case 'enter-pin':
    case 'staff-confirms':
    case 'diet-warning':
    case 'diet-warning-at-bay':
      return [[speech.kind]]
    case 'line': {
      const dish = dishClip(speech.name, language)
      return [
        dish === null ? null : [dish],
        speech.netMg > 0 ? weightToClips(speech.netMg, language) : null,
        amountToClips(speech.amountFen, language),
      ]
    }
    case 'total':
      return [withAmount('total', speech.amountFen, language)]
    case 'paid':
      return [
        speech.subsidyFen > 0 ? withAmount('subsidy', speech.subsidyFen, language) : null,
        ...(speech.payers ?? []).map(({ name, amountFen }) => payerSaid(name, amountFen, language)),
        withAmount('you-pay', speech.selfPayFen, language),
        speech.grantsFen === undefined ? null : withAmount('grant', speech.grantsFen, language),
        speech.balanceFen === null ? null : withAmount('balance', speech.balanceFen, language),
      ]
    case 'insufficient':
      return [['insufficient'], withAmount('short-by', speech.shortfallFen, language), ['ask-staff']]
    case 'trouble':
      return [[`trouble-${speech.code}`]]
  }
}

const REFUSED: ReadonlySet<Spoken['kind']> = new Set([
  'insufficient',
  'diet-warning',
  'diet-warning-at-bay',
] as const)

function toneOf(speech: Spoken): Tone | null {
  if (speech.kind === 'paid') return 'accepted'
  if (REFUSED.has(speech.kind)) return 'refused'
  if (speech.kind === 'trouble' && TROUBLE_TONE[speech.code] === 'stop') return 'refused'
  return null
}

/** Turns an announcement of the station into clips; pure. */
export function speechToClips(speech: Spoken, language: Language): Utterance {
  const groups = groupsOf(speech, language).filter((group): group is readonly ClipId[] => group !== null)
  return { tone: toneOf(speech), groups }
}

/**
 * What is new to say. The first view of a connection only sets the mark: what it carries was said before, or belongs
 * to a moment that has passed (SPEC CK-15).
 */
export function newSpeech(lastSequence: number | null, speech: Speech | null): Speech | null {
  if (speech === null || lastSequence === null) return null
  return speech.sequence > lastSequence ? speech : null
}
