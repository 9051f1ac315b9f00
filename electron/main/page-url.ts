import { join } from 'node:path'

/** The one origin of this application's pages. */
export const PAGE_ORIGIN = 'app://canteen'

/**
 * Whether an address is a page of this application: its parsed scheme and host decide, never how the text begins
 * (SPEC SE-4).
 */
export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return (
    url.protocol === 'app:' &&
    url.hostname === 'canteen' &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  )
}

/** Folders on disk behind the first part of a page's path; everything else is in `pages`. */
export interface PageFolders {
  readonly pages: string
  readonly voice: string
  /** The canteen's own recordings, in its data folder: they come before the packaged clips where they are. */
  readonly recordedVoice?: string
  readonly fault: string
}

/**
 * The file behind an address of this application, or null when there can be none: another origin, a path that climbs out
 * of its folder, or one that cannot be decoded.
 */
export function fileBehind(address: string, folders: PageFolders): string | null {
  if (!isOwnPage(address)) return null
  const path = decoded(new URL(address).pathname)
  if (path === null || path.includes('\0') || path.includes('\\')) return null
  const parts = path.split('/').filter((part) => part !== '')
  if (parts.some((part) => part === '..' || part === '.')) return null
  if (parts[0] === 'voice') return join(folders.voice, ...parts.slice(1))
  if (parts[0] === 'fault') return join(folders.fault, ...parts.slice(1))
  return join(folders.pages, ...(parts.length === 0 ? ['index.html'] : parts))
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}

/** The places to look for a file, best first; empty when there can be none. */
export function placesBehind(address: string, folders: PageFolders): readonly string[] {
  const { recordedVoice = folders.voice } = folders
  const places = [recordedVoice, folders.voice].map((voice) => fileBehind(address, { ...folders, voice }))
  return [...new Set(places.filter((place) => place !== null))]
}
