import { create } from 'zustand'
import { isLanguage, type Language } from '../i18n/language.ts'

/** What this machine's people have set; kept in the page's own storage and shared by its windows. */
export interface Settings {
  readonly officeLanguage: Language
  readonly counterLanguage: Language
  /** Index into VOLUMES. */
  readonly volume: number
  /** Whether bays say dish, weight and amount: several in one room speak over each other. The exit always speaks. */
  readonly baysSpeak: boolean
}

/** Loudness steps as gains; the first is silence. Clips lie 20 dB below full scale, so the last step is +12 dB. */
export const VOLUMES = [0, 0.5, 1, 1.7, 2.6, 4] as const

export const DEFAULT_SETTINGS: Settings = {
  officeLanguage: 'zh-CN',
  counterLanguage: 'zh-CN',
  volume: 3,
  baysSpeak: false,
}

const KEY = 'canteen.settings'

/** Where settings are kept; the page's localStorage, or a map in a test. */
export type SettingsPlace = Pick<Storage, 'getItem' | 'setItem'>

/** Reads what was kept; anything unreadable is the default, value by value. */
export function readSettings(place: SettingsPlace): Settings {
  const kept = parsedRecord(place.getItem(KEY))
  const { officeLanguage, counterLanguage, volume, baysSpeak } = kept
  return {
    officeLanguage: isLanguage(officeLanguage) ? officeLanguage : DEFAULT_SETTINGS.officeLanguage,
    counterLanguage: isLanguage(counterLanguage) ? counterLanguage : DEFAULT_SETTINGS.counterLanguage,
    volume: isVolume(volume) ? volume : DEFAULT_SETTINGS.volume,
    baysSpeak: baysSpeak === true,
  }
}

const isVolume = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < VOLUMES.length

function parsedRecord(text: string | null): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}')
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

export const useSettings = create<Settings>(() => DEFAULT_SETTINGS)

/** Starts from what was kept and follows changes made in another window of the same machine. */
export function loadSettings(page: Window): void {
  useSettings.setState(readSettings(page.localStorage))
  page.addEventListener('storage', (event) => {
    if (event.key === KEY) useSettings.setState(readSettings(page.localStorage))
  })
}

export function changeSettings(change: Partial<Settings>, place: SettingsPlace = localStorage): void {
  const changed = { ...useSettings.getState(), ...change }
  useSettings.setState(changed)
  place.setItem(KEY, JSON.stringify(changed))
}
