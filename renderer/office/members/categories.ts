import { useTranslation } from 'react-i18next'

/** What policy packs ask about a senior. A pack may ask for more: then the code itself is shown. */
export const KNOWN_CATEGORIES = [
  'hukou-city',
  'living-at-home',
  'living-alone',
  'low-income',
  'disabled',
  'veteran',
  'compatriot-residence-permit',
] as const

type Known = (typeof KNOWN_CATEGORIES)[number]

const isKnown = (code: string): code is Known => KNOWN_CATEGORIES.some((known) => known === code)

/** A category in words. */
export function useCategoryWord(): (code: string) => string {
  const { t } = useTranslation()
  return (code) => (isKnown(code) ? t(`members.category.${code}`) : code)
}
