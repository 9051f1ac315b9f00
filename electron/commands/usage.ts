/** What a person got wrong in the options of a command. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** @throws UsageError */
export function positiveInteger(text: string, option: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value <= 0)
    throw new UsageError(`--${option} needs a whole number above 0, not '${text}'`)
  return value
}
