import { reading, station } from '../implementer.ts'
import type { BookFile } from '../book/book.ts'
import { actorOf } from '../staff/approval.ts'
import { noteAuditInside } from '../staff/audit.ts'
import { registered } from './people.ts'
import type { MembersDeps } from './router.ts'

/** How the two kinds of picture begin. */
const KINDS = [
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
] as const

function kindOf(base64: string): string | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null
  const head = Buffer.from(base64.slice(0, 16), 'base64')
  return KINDS.find(([, mark]) => head.subarray(0, mark.length).equals(mark))?.[0] ?? null
}

/** A picture as the pages show it; null when it is gone. */
export function shownPhoto(file: BookFile, photoId: string | null): string | null {
  const base64 = photoId === null ? null : file.persons.photos.get(photoId)
  return base64 === null ? null : `data:${kindOf(base64) ?? 'image/png'};base64,${base64}`
}

/** Pictures of members, for staff alone (SPEC ME-16). */
export const photoHandlers = ({ book, ids }: MembersDeps) => ({
  setPhoto: station.members.setPhoto.handler(({ input, context, errors }) => {
    const { memberId, base64 } = input
    const actor = actorOf(context)
    if (base64 !== null && kindOf(base64) === null) throw errors.NOT_A_PICTURE()
    const isThere = reading(
      () =>
        book.write((file, append) => {
          if (registered(file, memberId) === null) return false
          if (base64 === null) file.persons.photos.drop(memberId)
          else file.persons.photos.put(memberId, ids.next(), base64)
          noteAuditInside(append, actor, 'member-photo-set', memberId)
          return true
        }),
      errors.BOOK_UNAVAILABLE,
    )
    if (!isThere) throw errors.NO_SUCH_MEMBER()
    return {}
  }),
  photo: station.members.photo.handler(({ input, errors }) => {
    const { memberId } = input
    return reading(
      () =>
        book.read((file) => {
          if (registered(file, memberId) === null) throw errors.NO_SUCH_MEMBER()
          return { photo: shownPhoto(file, file.persons.photos.idOf(memberId)) }
        }),
      errors.BOOK_UNAVAILABLE,
    )
  }),
})
