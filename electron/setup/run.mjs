/** Child processes of the set-up. */
import { spawn, spawnSync } from 'node:child_process'
import { setPriority } from 'node:os'
import { projectFolder } from './places.mjs'

/**
 * Runs a command to its end with its output shown.
 *
 * @param {import('node:child_process').SpawnOptions & { priority?: number }} options a priority is the system's: 19 takes
 *   what others leave over
 * @returns {Promise<number>} its exit code; 1 when a signal ended it or it could not start
 */
export function run(command, commandArguments, { priority, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, { cwd: projectFolder, stdio: 'inherit', ...options })
    if (priority !== undefined && child.pid !== undefined) setPriority(child.pid, priority)
    const pass = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass)
    const end = (code) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, pass)
      resolve(code)
    }
    child.on('error', (error) => {
      console.error(`✗ ${command}: ${error.message}`)
      end(1)
    })
    child.on('exit', (code) => end(code ?? 1))
  })
}

/** Runs a short command and gives what it printed; null when it failed. */
export function answerOf(command, commandArguments, options = {}) {
  const result = spawnSync(command, commandArguments, { cwd: projectFolder, encoding: 'utf8', ...options })
  return result.status === 0 ? result.stdout.trim() : null
}
