/** Where a command writes: JSON lines for machines on `out`, words for people on `err`. */
export interface Streams {
  readonly out: { write(line: string): void }
  readonly err: { write(line: string): void }
}

export interface Command {
  readonly summary: string
  readonly help: string
  /**
   * Answers the exit code. What a command throws as a ConfigError, a BookError or an error of the operating system is told
   * in words by the dispatcher, with exit code 3.
   */
  run(args: readonly string[], streams: Streams): number | Promise<number>
}

/** What the exit codes mean, the same for every command. */
export const EXIT = {
  done: 0,
  /** The command ran and found something wrong: a finding, a broken rule, a missed limit. */
  findings: 1,
  usage: 2,
  /** The data folder, the book or a device could not be used. */
  unusable: 3,
} as const
