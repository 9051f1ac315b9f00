import react from '@vitejs/plugin-react'
import { createServer, type ViteDevServer } from 'vite'

/** Serves the gallery of fixtures on a free port of this machine. */
export async function serveGallery(): Promise<{ readonly address: string; close(): Promise<void> }> {
  const server: ViteDevServer = await createServer({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    plugins: [react()],
    server: { host: '127.0.0.1', port: 0, fs: { strict: false }, hmr: false, watch: null },
    optimizeDeps: {
      include: ['react', 'react-dom/client', 'react-i18next', 'i18next', 'lucide-react', 'zustand'],
    },
  })
  await server.listen()
  const address = server.resolvedUrls?.local[0]
  if (address === undefined) throw new Error('the gallery has no address')
  return { address, close: () => server.close() }
}
