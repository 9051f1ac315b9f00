import { join } from 'node:path'

/** `bay/ID` is the small screen of one bay, `exit` the one where trays are paid. */
export type WindowName = 'seniors' | 'staff' | 'exit' | `bay/${string}`

/** How this shell was told to run, read once from the environment. Everything has a default that a canteen can use. */
export interface ShellSettings {
  /** CANTEEN_DATA, else the system's usual place for data. The shell keeps its own things in a folder inside. */
  readonly dataFolder: string
  /** CANTEEN_WINDOWS=seniors,staff: which screens this machine shows. */
  readonly windows: readonly WindowName[]
  /** CANTEEN_WINDOW_SIZE=1920x1080: windows of exactly this content size, for tests and screenshots. */
  readonly windowSize: { readonly width: number; readonly height: number } | null
  /** CANTEEN_STATION_HOST=utility|child; null lets the runtime's abilities decide. */
  readonly stationHost: 'utility' | 'child' | null
  /** CANTEEN_NODE: the Node 24 that runs a station in a child process. */
  readonly nodePath: string
}

type Variables = Readonly<Record<string, string | undefined>>

export interface Machine {
  readonly appFolder: string
  readonly homeFolder: string
  readonly platform: string
  readonly arch: string
}

/** @throws Error that names the variable and what it may be */
export function shellSettings(variables: Variables, machine: Machine): ShellSettings {
  return {
    dataFolder: variables['CANTEEN_DATA'] || usualDataFolder(variables, machine),
    windows: windowNames(variables['CANTEEN_WINDOWS']),
    windowSize: windowSize(variables['CANTEEN_WINDOW_SIZE']),
    stationHost: hostName(variables['CANTEEN_STATION_HOST']),
    nodePath: variables['CANTEEN_NODE'] || bundledNode(machine),
  }
}

/** The same place that the station and the command line find without CANTEEN_DATA; a test holds them together. */
function usualDataFolder(variables: Variables, { homeFolder, platform }: Machine): string {
  if (platform === 'win32')
    return join(variables['LOCALAPPDATA'] || join(homeFolder, 'AppData', 'Local'), 'canteen-pos', 'Data')
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'canteen-pos')
  return join(variables['XDG_DATA_HOME'] || join(homeFolder, '.local', 'share'), 'canteen-pos')
}

const isWindowName = (word: string): word is WindowName =>
  word === 'seniors' || word === 'staff' || word === 'exit' || /^bay\/[a-z0-9-]{1,32}$/.test(word)

function windowNames(value: string | undefined): readonly WindowName[] {
  if (!value) return ['seniors', 'staff']
  const names = value.split(',').map((word) => word.trim())
  if (!names.every(isWindowName))
    throw new Error(`CANTEEN_WINDOWS is a list of seniors, staff, exit and bay/ID, not "${value}"`)
  return [...new Set(names)]
}

function windowSize(value: string | undefined): ShellSettings['windowSize'] {
  if (!value) return null
  const [, width, height] = /^(\d{3,5})x(\d{3,5})$/.exec(value) ?? []
  if (width === undefined || height === undefined)
    throw new Error(`CANTEEN_WINDOW_SIZE is like 1920x1080, not "${value}"`)
  return { width: Number(width), height: Number(height) }
}

function hostName(value: string | undefined): ShellSettings['stationHost'] {
  if (!value) return null
  if (value !== 'utility' && value !== 'child')
    throw new Error(`CANTEEN_STATION_HOST is utility or child, not "${value}"`)
  return value
}

/** Where `npm ci` puts Node 24. A package needs none: its runtime hosts the station itself. */
function bundledNode(machine: Machine): string {
  const onWindows = machine.platform === 'win32'
  const folder = `node-${onWindows ? 'win' : machine.platform}-${machine.arch}`
  return join(machine.appFolder, 'node_modules', folder, 'bin', onWindows ? 'node.exe' : 'node')
}

/** The first version of Node-API with which the book's native module loads. */
const BOOK_NODE_API = 10

/** A runtime that can load the book hosts the station itself; otherwise a Node 24 beside it does. */
export const hostFor = (settings: ShellSettings, nodeApiVersion: number): 'utility' | 'child' =>
  settings.stationHost ?? (nodeApiVersion >= BOOK_NODE_API ? 'utility' : 'child')
