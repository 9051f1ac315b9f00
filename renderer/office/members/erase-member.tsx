import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { UserX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail } from '../../../shared/contract/members.ts'
import { roleReaches } from '../../../shared/domain/staff.ts'
import { codeOf, station } from '../../stores/office.ts'
import { goTo, officeHash } from '../../stores/place.ts'
import { useStaff } from '../../stores/staff.ts'
import { yuanText } from '../../ui/format.ts'
import { useNotice } from '../shell/use-notice.tsx'

/** Forgets a senior at her request; a manager is asked once more, in words. */
export function EraseMember({ member }: { readonly member: MemberDetail }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { done, told, refused } = useNotice()
  const cache = useQueryClient()
  const role = useStaff(({ view }) => view?.signedIn?.role)
  const { memberId, fullName, balanceFen } = member
  const depositFen = member.cards.reduce(
    (sum, card) => (card.state === 'valid' ? sum + card.depositFen : sum),
    0,
  )
  const erase = useMutation(
    station.members.erase.mutationOptions({
      onSuccess: () => {
        done(t('members.erase.done'))
        goTo(officeHash('members'))
        void cache.invalidateQueries({ queryKey: station.members.key() })
      },
      onError: (error) => {
        const code = codeOf(error)
        if (code === 'HAS_MONEY') told(t('members.erase.hasMoney', { amount: yuanText(balanceFen) }))
        else if (code === 'HAS_DEPOSIT') told(t('members.erase.hasDeposit', { amount: yuanText(depositFen) }))
        else refused(error)
      },
    }),
  )
  if (role === undefined || !roleReaches(role, 'manager')) return null
  const ask = () =>
    void modal.confirm({
      centered: true,
      title: t('members.erase.title', { name: fullName }),
      content: t('members.erase.words'),
      okText: t('members.erase.confirm'),
      cancelText: t('members.erase.keep'),
      okButtonProps: { danger: true, size: 'large' },
      cancelButtonProps: { size: 'large' },
      onOk: () => erase.mutate({ memberId }),
    })
  return (
    <Button
      className="member-erase"
      size="large"
      danger
      icon={<UserX aria-hidden="true" />}
      data-action="erase"
      onClick={ask}
    >
      {t('members.erase.open')}
    </Button>
  )
}
