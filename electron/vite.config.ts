import react from '@vitejs/plugin-react'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { InlineConfig } from 'vite'

/** Native modules stay outside every bundle: they are found in node_modules, in the package outside its archive. */
const NATIVE = ['better-sqlite3', 'serialport']

interface Script {
  readonly entry: string
  readonly format: 'cjs' | 'es'
  readonly outFile: string
}

/** A bundle for Node or Electron's own processes: everything inside but what the runtime and native modules bring. */
export function scriptBuild(script: Script, outDir: string): InlineConfig {
  return {
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['electron', ...NATIVE] },
    build: {
      ssr: script.entry,
      outDir,
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      target: 'node20',
      rolldownOptions: {
        external: ['electron', ...NATIVE],
        output: { format: script.format, entryFileNames: script.outFile, codeSplitting: false },
      },
    },
  }
}

function pagesBuild(root: string, outDir: string): InlineConfig {
  return {
    configFile: false,
    logLevel: 'warn',
    root,
    base: './',
    plugins: [react()],
    // Nothing may be inlined: the content security policy allows files of this application and nothing else.
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'chrome130',
    },
  }
}

/** Everything that is built, in order. Parts whose sources do not exist are left out. */
export function builds(project: string, outFolder: string): Record<string, InlineConfig> {
  const scripts: readonly Script[] = [
    { entry: 'electron/main/index.ts', format: 'cjs', outFile: 'main/index.cjs' },
    { entry: 'electron/main/print-program.ts', format: 'cjs', outFile: 'main/print.cjs' },
    { entry: 'electron/preload/index.ts', format: 'cjs', outFile: 'preload/index.cjs' },
    { entry: 'electron/station/entry.ts', format: 'es', outFile: 'station/entry.js' },
    {
      entry: 'electron/station/backup/backup-worker.ts',
      format: 'es',
      outFile: 'station/backup-worker.js',
    },
    {
      entry: 'electron/station/members/import/import-worker.ts',
      format: 'es',
      outFile: 'station/import-worker.js',
    },
    {
      entry: 'electron/station/policy/replay-worker.ts',
      format: 'es',
      outFile: 'station/replay-worker.js',
    },
    {
      entry: 'electron/station/wallets/sheet-worker.ts',
      format: 'es',
      outFile: 'station/sheet-worker.js',
    },
  ]
  const all: Record<string, InlineConfig> = {}
  for (const script of scripts) {
    const entry = join(project, script.entry)
    if (existsSync(entry)) all[script.outFile] = scriptBuild({ ...script, entry }, outFolder)
  }
  const pages = join(project, 'renderer')
  if (existsSync(join(pages, 'index.html'))) all['renderer'] = pagesBuild(pages, join(outFolder, 'renderer'))
  return all
}
