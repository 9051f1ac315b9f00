import { stat } from 'node:fs/promises'
import { SerialPort } from 'serialport'
import type { LineSettings, PortInfo, SerialBus, SerialEvents, SerialLine } from '../deps.ts'
import { linuxPorts } from './linux-ports.ts'
import { isDeviceFile, isNetworkAddress, openDeviceFile, openNetwork } from './printer-ports.ts'

/** A wire has no brake: what the other side does not take in time falls on the floor, and memory stays bounded. */
const MOST_UNSENT_BYTES = 16_384

/** What the library lists; its own declaration leads to types that its package does not export. */
interface ListedPort {
  readonly path: string
  readonly locationId?: string | undefined
  readonly serialNumber?: string | undefined
  readonly vendorId?: string | undefined
  readonly productId?: string | undefined
  readonly manufacturer?: string | undefined
}
const listedPorts = SerialPort.list as unknown as () => Promise<readonly ListedPort[]>

async function otherPorts(): Promise<PortInfo[]> {
  const ports = await listedPorts()
  return ports.map((port) => ({
    path: port.path,
    usbPath: port.locationId ?? null,
    serialNumber: port.serialNumber ?? null,
    vendorId: port.vendorId ?? null,
    productId: port.productId ?? null,
    manufacturer: port.manufacturer ?? null,
  }))
}

const listPorts = (): Promise<PortInfo[]> => (process.platform === 'linux' ? linuxPorts() : otherPorts())

/** What tells one plugging-in from the next: the device number behind the path, or the path's mere presence. */
async function identityOf(path: string): Promise<string | null> {
  if (process.platform === 'win32')
    return (await listPorts()).some((port) => port.path === path) ? path : null
  try {
    const { rdev, ino } = await stat(path)
    return `${rdev}:${ino}`
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Runs one of the port's callback methods as a promise. */
function done(run: (callback: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    run((error) => {
      if (error === null || error === undefined) resolve()
      else reject(error)
    })
  })
}

/** A pseudo-terminal has no signals, and says that it is no device that has. */
const NO_SIGNALS = 'Inappropriate ioctl'

/** @throws Error in the system's words, with the port closed again, when signals that are there cannot be set. */
async function setSignals(port: SerialPort, signals: NonNullable<LineSettings['signals']>): Promise<void> {
  try {
    await done((callback) => port.set(signals, callback))
  } catch (error) {
    if (error instanceof Error && error.message.includes(NO_SIGNALS)) return
    await done((callback) => port.close(callback))
    throw error
  }
}

class OpenLine implements SerialLine {
  readonly #port: SerialPort
  readonly #events: SerialEvents
  readonly #identity: string | null
  #over = false

  constructor(port: SerialPort, identity: string | null, events: SerialEvents) {
    this.#port = port
    this.#identity = identity
    this.#events = events
    port.on('data', (bytes: Uint8Array) => {
      if (!this.#over) events.onData(bytes)
    })
    port.on('error', (error: Error) => this.#lose(error.message))
    port.on('close', (error: Error | null) => this.#lose(error?.message ?? 'closed'))
    port.on('end', () => this.#lose('ended'))
  }

  write(bytes: Uint8Array): void {
    if (this.#over || this.#port.writableLength + bytes.length > MOST_UNSENT_BYTES) return
    this.#port.write(bytes, (error) => {
      if (error !== null && error !== undefined) this.#lose(error.message)
    })
  }

  flush(): Promise<void> {
    return done((callback) => this.#port.flush(callback))
  }

  async present(): Promise<boolean> {
    return this.#identity === (await identityOf(this.#port.path))
  }

  async close(): Promise<void> {
    this.#over = true
    if (this.#port.isOpen) await done((callback) => this.#port.close(callback))
  }

  #lose(reason: string): void {
    if (this.#over) return
    this.#over = true
    this.#events.onLost(reason)
  }
}

/** The machine's own serial ports. `open` throws an Error with the system's words when a port cannot be had. */
export function nodeSerialBus(): SerialBus {
  return {
    list: listPorts,
    async open(path: string, settings: LineSettings, events: SerialEvents): Promise<SerialLine> {
      if (isNetworkAddress(path)) return await openNetwork(path, events)
      if (isDeviceFile(path)) return await openDeviceFile(path, events)
      const identity = await identityOf(path)
      const { flow, signals, ...line } = settings
      const handshake = { rtscts: flow === 'rts-cts', xon: flow === 'xon-xoff', xoff: flow === 'xon-xoff' }
      // A board that begins anew at each change of DTR keeps running when the port is closed.
      const hupcl = signals?.dtr !== false
      const port = new SerialPort({ path, ...line, ...handshake, hupcl, autoOpen: false })
      await done((callback) => port.open(callback))
      if (signals !== undefined) await setSignals(port, signals)
      return new OpenLine(port, identity, events)
    },
  }
}
