/** What the set-up says while it works: a line per step, a bar for what takes long. */

const BAR_WIDTH = 30

/** One step: what is done, and why. */
export function step(what, why) {
  console.log(`• ${what} — ${why}`)
}

/** A remark below a step. */
export function note(text) {
  console.log(`  ${text}`)
}

/** The set-up cannot go on; the message says what a person can do. */
class SetupFailed extends Error {
  name = 'SetupFailed'
}

/** Stops the set-up with words a person can act on. @throws SetupFailed always */
export function fail(text) {
  throw new SetupFailed(text)
}

/** Runs a whole command of the set-up: a failure is words and exit code 1, a fault in its code keeps its stack. */
export async function command(work) {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    console.error(error instanceof SetupFailed ? `✗ ${error.message}` : error)
    process.exitCode = 1
  }
}

const inMegabytes = (bytes) => `${(bytes / 1_000_000).toFixed(0)} MB`

/**
 * Progress of long work. On a terminal a bar that redraws itself; elsewhere one line per ten per cent.
 *
 * @param {string} label
 * @param {number | null} totalBytes null when nobody knows how much it will be
 * @returns {{ at(bytes: number): void, done(): void }}
 */
export function progress(label, totalBytes) {
  const bar = process.stdout.isTTY ? redrawnBar(label, totalBytes) : spokenTenths(label, totalBytes)
  return bar
}

function redrawnBar(label, totalBytes) {
  const draw = (bytes) => {
    const share = totalBytes ? Math.min(1, bytes / totalBytes) : 0
    const filled = Math.round(share * BAR_WIDTH)
    const amount = totalBytes
      ? `${Math.floor(share * 100)} %  ${inMegabytes(bytes)} of ${inMegabytes(totalBytes)}`
      : inMegabytes(bytes)
    process.stdout.write(`\r  ${label} [${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}] ${amount}   `)
  }
  return {
    at: draw,
    done: () => {
      if (totalBytes) draw(totalBytes)
      process.stdout.write('\n')
    },
  }
}

function spokenTenths(label, totalBytes) {
  const stepBytes = totalBytes ? totalBytes / 10 : 20_000_000
  let spoken = 0
  return {
    at(bytes) {
      const reached = Math.floor(bytes / stepBytes)
      if (reached <= spoken || (totalBytes && reached >= 10)) return
      spoken = reached
      note(totalBytes ? `${label}: ${reached * 10} %` : `${label}: ${inMegabytes(bytes)}`)
    },
    done: () => note(`${label}: ${totalBytes ? '100 %' : 'done'}`),
  }
}
