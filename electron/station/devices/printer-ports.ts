import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import type { SerialEvents, SerialLine } from '../deps.ts'

/** Where printers are besides serial ports: at a network address, and behind the device file of the system's driver. */

/** What a printer that takes nothing may leave unsent; more falls on the floor, and memory stays bounded. */
const MOST_UNSENT_BYTES = 16_384
const SCHEME = 'tcp:'
const DEVICE_FILE = /\/lp\d+$/

/** As the bus names a network printer: `tcp://192.168.1.50:9100`. */
export const networkAddress = (host: string, port: number): string => `${SCHEME}//${host}:${port}`
export const isNetworkAddress = (path: string): boolean => path.startsWith(SCHEME)
export const isDeviceFile = (path: string): boolean => DEVICE_FILE.test(path)

/** Says once that the line is lost, and nothing more. */
function tellingOnce(events: SerialEvents): SerialEvents & { over: boolean } {
  return {
    over: false,
    onData(bytes) {
      if (!this.over) events.onData(bytes)
    },
    onLost(reason) {
      if (this.over) return
      this.over = true
      events.onLost(reason)
    },
  }
}

/** @throws Error in the system's words when nobody answers at that address. */
export async function openNetwork(address: string, events: SerialEvents): Promise<SerialLine> {
  const { hostname, port } = new URL(address)
  const told = tellingOnce(events)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true, keepAlive: true })
  await connected(socket)
  socket.on('data', (bytes) => told.onData(bytes))
  socket.on('error', (error) => told.onLost(error.message))
  socket.on('close', () => told.onLost('closed'))
  return {
    write(bytes) {
      if (!told.over && socket.writableLength + bytes.length <= MOST_UNSENT_BYTES) socket.write(bytes)
    },
    async flush() {
      // A connection has no past: nothing was sent before it was made.
    },
    async close() {
      told.over = true
      socket.destroy()
    },
  }
}

const connected = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })

/**
 * Never waits for the driver: one that takes nothing now, with its paper out, counts as lost and is opened again later.
 *
 * @throws Error in the system's words.
 */
export async function openDeviceFile(path: string, events: SerialEvents): Promise<SerialLine> {
  const file = await open(path, constants.O_WRONLY | constants.O_NONBLOCK)
  const told = tellingOnce(events)
  return {
    write(bytes) {
      writeAll(file, bytes).catch((error: unknown) => told.onLost(String(error)))
    },
    async flush() {
      // Nothing is read from it.
    },
    async close() {
      told.over = true
      await file.close()
    },
  }
}

/** @throws Error when the driver takes less than all of it. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  const { bytesWritten } = await file.write(bytes)
  if (bytesWritten < bytes.length) throw new Error('the printer took only a part')
}
