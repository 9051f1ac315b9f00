import react from '@vitejs/plugin-react'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { build } from 'vite'
import { vi } from 'vitest'
import { CONTENT_SECURITY_POLICY, guardPage } from '../../../../electron/main/content-policy.ts'
import { renderVoice } from '../../../../electron/setup/voice.mjs'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.json': 'application/json',
}

export interface ServedGallery {
  readonly address: string
  close(): Promise<void>
}

/** Builds the gallery as the product's pages are built, with its voice, and serves it on a free port of this machine. */
export async function serveGallery(): Promise<ServedGallery> {
  const folder = mkdtempSync(join(tmpdir(), 'canteen-gallery-'))
  // As it ships: a test run's own mode would bring React as it is for developers, which is slower.
  vi.stubEnv('NODE_ENV', 'production')
  await build({
    configFile: false,
    root: import.meta.dirname,
    base: './',
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'chrome130',
      minify: false,
      rolldownOptions: {
        input: ['index.html', 'office.html'].map((page) => join(import.meta.dirname, page)),
      },
    },
  })
  vi.unstubAllEnvs()
  await renderVoice(join(folder, 'voice'))
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://gallery')
    const path = join(folder, pathname === '/' ? 'index.html' : pathname)
    if (!path.startsWith(folder) || !existsSync(path)) {
      response.writeHead(404).end()
      return
    }
    // As the shell serves the product's own pages, with the same policy.
    const page =
      extname(path) === '.html'
        ? guardPage(readFileSync(path, 'utf8'), randomBytes(18).toString('base64'))
        : null
    response.writeHead(200, {
      'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
      'content-security-policy': page?.policy ?? CONTENT_SECURITY_POLICY,
      // Names carry a hash of what they hold: hundreds of loads of the same page need not read it again.
      ...(page === null && pathname.startsWith('/assets/')
        ? { 'cache-control': 'max-age=31536000, immutable' }
        : {}),
    })
    response.end(page?.html ?? readFileSync(path))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const place = server.address()
  if (place === null || typeof place === 'string') throw new Error('the gallery has no port')
  return {
    address: `http://127.0.0.1:${place.port}/`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
      rmSync(folder, { recursive: true })
    },
  }
}
