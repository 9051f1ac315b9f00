import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { ImagePlus, Trash2, UserRound } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberDetail } from '../../../shared/contract/members.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { useNotice } from '../shell/use-notice.tsx'
import { NotAPicture, smallJpeg } from './small-jpeg.ts'

/** Her picture, for staff to know her by at the counter; a new one is made small before it is sent. */
export function MemberPhoto({ member }: { readonly member: MemberDetail }) {
  const { t } = useTranslation()
  const { done, told, refused } = useNotice()
  const cache = useQueryClient()
  const chooser = useRef<HTMLInputElement>(null)
  const { memberId, fullName, photoId } = member
  const asked = useQuery({
    ...station.members.photo.queryOptions({ input: { memberId } }),
    enabled: photoId !== null,
  })
  const photo = photoId === null ? null : (asked.data?.photo ?? null)
  const setting = useMutation({
    mutationFn: async (file: File | null) =>
      stationNow.members.setPhoto({ memberId, base64: file === null ? null : await smallJpeg(file) }),
    onSuccess: (_nothing, file) => {
      done(t(file === null ? 'members.photo.gone' : 'members.photo.set'))
      void cache.invalidateQueries({ queryKey: station.members.key() })
    },
    onError: (error) =>
      error instanceof NotAPicture || codeOf(error) === 'NOT_A_PICTURE'
        ? told(t('members.photo.notAPicture'))
        : refused(error),
  })
  return (
    <div className="member-photo" data-photo={photoId === null ? 'none' : 'there'}>
      {photo === null ? (
        <UserRound aria-hidden="true" />
      ) : (
        <img src={photo} alt={t('members.photo.of', { name: fullName })} />
      )}
      <div>
        <Button
          type="text"
          icon={<ImagePlus aria-hidden="true" />}
          loading={setting.isPending}
          data-action="choose-photo"
          aria-label={t(photoId === null ? 'members.photo.add' : 'members.photo.change')}
          title={t(photoId === null ? 'members.photo.add' : 'members.photo.change')}
          onClick={() => chooser.current?.click()}
        />
        {photoId !== null && (
          <Button
            type="text"
            icon={<Trash2 aria-hidden="true" />}
            data-action="drop-photo"
            aria-label={t('members.photo.remove')}
            title={t('members.photo.remove')}
            onClick={() => setting.mutate(null)}
          />
        )}
        <input
          ref={chooser}
          type="file"
          accept="image/jpeg,image/png"
          hidden
          aria-label={t('members.photo.add')}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file !== undefined) setting.mutate(file)
            event.target.value = ''
          }}
        />
      </div>
    </div>
  )
}
