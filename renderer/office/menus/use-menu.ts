import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import type { LibraryDish, MenuPlan } from '../../../shared/contract/menus.ts'
import { station } from '../../stores/office.ts'
import { useNotice } from '../shell/use-notice.tsx'
import type { Meal } from './meal-choice.tsx'

export interface MenuDesk {
  readonly library: UseQueryResult<readonly LibraryDish[], Error>
  readonly plan: UseQueryResult<MenuPlan, Error>
  /** Makes these the dishes of the meal, in this order. */
  readonly setDishes: (dishIds: readonly string[]) => void
  readonly setSoldOut: (dishId: string, soldOut: boolean, done?: () => void) => void
}

/** One meal's menu and the library it is made from. What is touched shows at once; a refusal takes it back. */
export function useMenu(meal: Meal): MenuDesk {
  const cache = useQueryClient()
  const { refused } = useNotice()
  const library = useQuery(station.menus.library.queryOptions())
  const planOptions = station.menus.plan.queryOptions({ input: meal })
  const plan = useQuery(planOptions)

  const showing = (change: (shown: MenuPlan) => MenuPlan): MenuPlan | undefined => {
    const before = cache.getQueryData(planOptions.queryKey)
    cache.setQueryData(planOptions.queryKey, (shown) => (shown === undefined ? shown : change(shown)))
    return before
  }
  const settle = {
    onError: (error: Error, _input: unknown, before: MenuPlan | undefined) => {
      cache.setQueryData(planOptions.queryKey, before)
      refused(error)
    },
    onSettled: () => void cache.invalidateQueries({ queryKey: station.menus.plan.key() }),
  }
  const planning = useMutation(
    station.menus.setPlan.mutationOptions<MenuPlan | undefined>({
      onMutate: ({ dishIds }) =>
        showing((shown) => ({ ...shown, dishIds, source: 'planned', carriedFrom: null })),
      ...settle,
    }),
  )
  const selling = useMutation(
    station.menus.setSoldOut.mutationOptions<MenuPlan | undefined>({
      onMutate: ({ dishId, soldOut }) =>
        showing((shown) => {
          const others = shown.soldOut.filter((each) => each !== dishId)
          return { ...shown, soldOut: soldOut ? [...others, dishId] : others }
        }),
      ...settle,
    }),
  )
  return {
    library,
    plan,
    setDishes: (dishIds) => planning.mutate({ ...meal, dishIds: [...dishIds] }),
    setSoldOut: (dishId, soldOut, done) =>
      selling.mutate({ ...meal, dishId, soldOut }, { onSuccess: () => done?.() }),
  }
}
