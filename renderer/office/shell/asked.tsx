import type { UseQueryResult } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Sign } from '../../ui/sign.tsx'
import { useProblemWords } from './problem-words.ts'

interface AskedProps<Answer> {
  readonly query: UseQueryResult<Answer, Error>
  readonly children: (answer: Answer) => ReactNode
  /** Rows of the skeleton while the first answer is on its way. */
  readonly rows?: number
}

/** What a page shows of a question to the station: a quiet skeleton, the answer, or in words why there is none. */
export function Asked<Answer>({ query, children, rows = 6 }: AskedProps<Answer>) {
  if (query.data !== undefined) return children(query.data)
  // A book that is being opened again is asked by itself; meanwhile the page says why it is empty.
  const error = query.error ?? query.failureReason
  if (error !== null)
    return <Trouble error={error} onAgain={() => void query.refetch()} asking={query.isFetching} />
  return <Skeleton active={false} title={false} paragraph={{ rows }} className="asked-skeleton" />
}

interface TroubleProps {
  readonly error: unknown
  readonly onAgain: () => void
  readonly asking: boolean
}

function Trouble({ error, onAgain, asking }: TroubleProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  return (
    <div className="asked-trouble" role="alert">
      <Sign kind="wait" />
      <p>{words(error)}</p>
      <Button size="large" loading={asking} onClick={onAgain}>
        {t('shell.again')}
      </Button>
    </div>
  )
}
