import { protocol, type Session } from 'electron'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { CONTENT_SECURITY_POLICY, guardPage } from './content-policy.ts'
import { placesBehind, type PageFolders } from './page-url.ts'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.mp3': 'audio/mpeg',
}

/** Must run before the application is ready: `app://` then has an origin of its own, like https. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }])
}

/** Serves the application's own files at `app://canteen/`. */
export function servePages(session: Session, folders: PageFolders): void {
  session.protocol.handle('app', async (request) => {
    const places = request.method === 'GET' ? placesBehind(request.url, folders) : []
    if (places.length === 0) return refusal(403)
    for (const path of places) {
      const content = await readIfThere(path)
      if (content !== null) return answerWith(path, content)
    }
    return refusal(404)
  })
}

function answerWith(path: string, content: Uint8Array<ArrayBuffer>): Response {
  if (extname(path) !== '.html') return new Response(content, { headers: headersFor(path) })
  const page = guardPage(new TextDecoder().decode(content), randomBytes(18).toString('base64'))
  return new Response(page.html, { headers: headersFor(path, page.policy) })
}

function headersFor(path: string, policy = CONTENT_SECURITY_POLICY): Record<string, string> {
  return {
    'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
  }
}

const refusal = (status: number) =>
  new Response(null, { status, headers: { 'content-security-policy': CONTENT_SECURITY_POLICY } })

const ABSENT: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EISDIR']

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if (error instanceof Error && 'code' in error && ABSENT.includes(error.code)) return null
    throw error
  }
}
