import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { codeOf } from '../../stores/office.ts'
import { hasRestarted, takeBackRestart, useRestartWish, wishRestart } from '../../stores/restart.ts'
import { useStation } from '../../stores/station.ts'
import { useProblemWords } from '../shell/problem-words.ts'

interface RestartBarProps {
  /** Something was written down that holds from the next start. */
  readonly needed: boolean
}

/** Offers the restart that a chosen device waits for, says what it waits for itself, and that it is over. */
export function RestartBar({ needed }: RestartBarProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const wish = useRestartWish((state) => state.wish)
  const restarted = useStation(({ connectionNo }) => hasRestarted(wish, connectionNo))
  if (restarted && !needed)
    return (
      <Alert
        showIcon
        closable={{ onClose: takeBackRestart }}
        type="success"
        title={t('devices.restart.done')}
        data-restart="done"
      />
    )
  if (wish.at === 'restarting' && !restarted)
    return <Alert showIcon type="info" title={t('devices.restart.under')} data-restart="under" />
  if (wish.at === 'waiting')
    return (
      <Alert
        showIcon
        type="warning"
        title={t(`devices.restart.waits.${wish.hindrance}`)}
        data-restart="waiting"
        action={
          <Button size="large" data-action="restart-not" onClick={takeBackRestart}>
            {t('devices.restart.notNow')}
          </Button>
        }
      />
    )
  if (wish.at === 'failed')
    return (
      <Alert
        showIcon
        type="error"
        title={codeOf(wish.error) === 'NOBODY_TO_START_IT' ? t('devices.restart.byHand') : words(wish.error)}
        data-restart="failed"
      />
    )
  if (!needed) return null
  return (
    <Alert
      showIcon
      type="warning"
      title={t('devices.restart.needed')}
      data-restart="needed"
      action={
        <Button
          type="primary"
          size="large"
          data-action="restart"
          loading={wish.at === 'asked'}
          onClick={() => void wishRestart()}
        >
          {t('devices.restart.now')}
        </Button>
      }
    />
  )
}
