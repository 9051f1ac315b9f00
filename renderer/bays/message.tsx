import { useTranslation } from 'react-i18next'
import { Sign, type SignKind } from '../ui/sign.tsx'

interface MessageProps {
  readonly sign: SignKind
  readonly hello: string | null
  readonly title: string
  readonly action: string
}

/** One thought and one thing to do, with a sign that says the same. */
export function Message({ sign, hello, title, action }: MessageProps) {
  const { t } = useTranslation()
  return (
    <section className="bay-message" data-kind={sign}>
      <Sign kind={sign} />
      <div>
        {hello !== null && <p className="bay-hello">{t('bays.hello', { name: hello })}</p>}
        <p className="bay-title">{title}</p>
        <p className="bay-action">{action}</p>
      </div>
    </section>
  )
}
