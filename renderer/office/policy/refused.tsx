import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { codeOf } from '../../stores/office.ts'
import { dataOf, useProblemWords } from '../shell/problem-words.ts'

const refusal = z.object({ problems: z.array(z.object({ path: z.string(), message: z.string() })) })
const MOST_SHOWN = 6

/** Why a draft could not be tried: what is wrong with it, place by place, or what else was. */
export function Refused({ error }: { readonly error: Error }) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const told = refusal.safeParse(dataOf(error))
  if (codeOf(error) === 'ALREADY_RUNNING')
    return <Alert type="warning" showIcon title={t('policy.problem.running')} />
  if (!told.success) return <Alert type="error" showIcon title={words(error)} />
  return (
    <Alert
      type="error"
      showIcon
      data-refused
      title={t('policy.problem.refused')}
      description={
        <ul className="policy-problems">
          {told.data.problems.slice(0, MOST_SHOWN).map(({ path, message }) => (
            <li key={path + message}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      }
    />
  )
}
