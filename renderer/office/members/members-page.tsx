import { useTranslation } from 'react-i18next'
import { PageFrame } from '../shell/page-frame.tsx'

export default function MembersPage() {
  const { t } = useTranslation()
  return <PageFrame title={t('shell.pages.members')}>{null}</PageFrame>
}
