/** A window that was asked for something and never answered. */
export class WindowHung extends Error {
  override readonly name = 'WindowHung'
}

/**
 * Tries it in a second window where the first one hung: whoever waits for a slip is not told to begin again.
 *
 * @throws what went wrong otherwise, or that the second window hung as well
 */
export async function inSecondWindow<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof WindowHung)) throw error
    return await ask()
  }
}
