import { safe } from '@orpc/client'
import { useEffect, useState } from 'react'
import type { StationClient } from './client.ts'

/** The picture of the member on the screen; null without one, and when nobody is signed in at this window. */
export function usePhoto(client: StationClient | null, photoId: string | null): string | null {
  const [shown, setShown] = useState<{ readonly photoId: string; readonly photo: string | null } | null>(null)
  useEffect(() => {
    if (client === null || photoId === null) return undefined
    let isOld = false
    void safe(client.counter.photo({ photoId })).then(({ data }) => {
      if (!isOld) setShown({ photoId, photo: data?.photo ?? null })
    })
    return () => {
      isOld = true
    }
  }, [client, photoId])
  return shown !== null && shown.photoId === photoId ? shown.photo : null
}
