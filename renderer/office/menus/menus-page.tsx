import { useTranslation } from 'react-i18next'
import { PageFrame } from '../shell/page-frame.tsx'

export default function MenusPage() {
  const { t } = useTranslation()
  return <PageFrame title={t('shell.pages.menu')}>{null}</PageFrame>
}
