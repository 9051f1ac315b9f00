import { App, Button } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemWords } from './problem-words.ts'

/** Long enough to be read twice, in seconds. */
const SHOWN_S = 8

export interface Notices {
  /** Says that something was done; with `undo`, offers to take it back. */
  readonly done: (words: string, undo?: () => void) => void
  /** Says why something was not done, in the page's own words. */
  readonly told: (words: string) => void
  /** The same for a refusal that any page may get. */
  readonly refused: (error: unknown) => void
}

/** Short messages over the page: what was done, and what was not. */
export function useNotice(): Notices {
  const { message } = App.useApp()
  const { t } = useTranslation()
  const words = useProblemWords()
  const done = useCallback(
    (said: string, undo?: () => void) => {
      const key = `notice ${said}`
      message.success({
        key,
        duration: SHOWN_S,
        content: (
          <span className="notice" data-notice="done">
            {said}
            {undo !== undefined && (
              <Button
                className="notice-undo"
                onClick={() => {
                  message.destroy(key)
                  undo()
                }}
              >
                {t('shell.undo')}
              </Button>
            )}
          </span>
        ),
      })
    },
    [message, t],
  )
  const told = useCallback(
    (said: string) => {
      message.warning({
        key: 'refused',
        duration: SHOWN_S,
        content: (
          <span className="notice" data-notice="refused">
            {said}
          </span>
        ),
      })
    },
    [message],
  )
  const refused = useCallback((error: unknown) => told(words(error)), [told, words])
  return { done, told, refused }
}
