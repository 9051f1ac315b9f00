import type { ShellMessage, StationMessage } from '../../../shared/contract/supervision.ts'

/** What one life of the station tells the shell. */
export interface StationEvents {
  onMessage(message: StationMessage): void
  /** The process is gone, for whatever reason. Called exactly once per life. */
  onExit(exit: StationExit): void
}

export interface StationExit {
  /** null when a signal ended it. */
  readonly code: number | null
  /** The end of what it wrote on stderr, for the log. */
  readonly lastWords: string
}

/** One life of the station. After its exit every port it gave is closed, so calls in flight are rejected. */
export interface StationLife<Port> {
  readonly pid: number | undefined
  /** A fresh channel to the station; the port returned is for a page. */
  connect(): Port
  send(message: ShellMessage): void
  /** Ends it at once, also when it is frozen. */
  kill(): void
}

/** A way to run the station: in Electron's utility process, or as a Node child process. */
export interface StationHost<Port> {
  readonly kind: 'utility' | 'child'
  start(events: StationEvents): StationLife<Port>
}

const LAST_WORDS_LENGTH = 4_000

/** Keeps the end of a stream of text, and passes everything on to this process's own stderr. */
export function keepLastWords(stream: NodeJS.ReadableStream | null): () => string {
  let words = ''
  stream?.on('data', (chunk: Buffer | string) => {
    process.stderr.write(chunk)
    words = (words + chunk.toString()).slice(-LAST_WORDS_LENGTH)
  })
  return () => words
}
