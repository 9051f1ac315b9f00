import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { LibraryDish } from '../../../shared/contract/menus.ts'
import type { DishPricing } from '../../../shared/domain/menu.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { useTimeZone } from '../../stores/station.ts'
import { useProblemWords } from '../shell/problem-words.ts'
import { useNotice } from '../shell/use-notice.tsx'
import type { DishDraft } from './dish-draft.ts'
import { startMs, type Start } from './start-choice.tsx'

interface NewPrice {
  readonly pricing: DishPricing
  readonly start: Start
}

interface DishSaver {
  readonly save: (draft: DishDraft, price: NewPrice | null) => void
  readonly saving: boolean
  /** Why it was not saved, in words; empty when nothing went wrong. */
  readonly problem: string
}

/** Saves a dish and, if it has changed, its price. */
export function useSaveDish(dish: LibraryDish | null, today: string, onSaved: () => void): DishSaver {
  const { t } = useTranslation()
  const words = useProblemWords()
  const timeZone = useTimeZone()
  const cache = useQueryClient()
  const { done } = useNotice()
  const saving = useMutation({
    mutationFn: async ({ draft, price }: { draft: DishDraft; price: NewPrice | null }) => {
      const zh = draft.zh.trim()
      const { dishId } = await stationNow.menus.saveDish({
        dishId: dish?.dishId ?? null,
        name: { zh, en: draft.en.trim() === '' ? zh : draft.en.trim() },
        emoji: draft.emoji.trim() === '' ? (Array.from(zh)[0] ?? zh) : draft.emoji.trim(),
        tags: [...draft.tags],
        retired: dish?.retired ?? false,
      })
      if (price === null) return
      const effectiveFromMs = startMs(price.start, today, timeZone)
      const { pricing } = price
      await stationNow.menus.setPrice({
        dishId,
        pricing: pricing.kind === 'set-meal' ? { ...pricing, parts: [...pricing.parts] } : pricing,
        effectiveFromMs,
      })
    },
    onSuccess: (_nothing, { draft }) => {
      done(t('menus.saved', { name: draft.zh.trim() }))
      onSaved()
    },
    onSettled: () => void cache.invalidateQueries({ queryKey: station.menus.key() }),
  })
  const problem =
    saving.error === null
      ? ''
      : codeOf(saving.error) === 'IN_THE_PAST'
        ? t('menus.start.past')
        : words(saving.error)
  return { save: (draft, price) => saving.mutate({ draft, price }), saving: saving.isPending, problem }
}
