import type { InputRef } from 'antd'

/** For the first field of a form that was just asked for: the cursor stands in it when it appears. */
export const focusAtOnce = (field: InputRef | null): void => field?.focus()
