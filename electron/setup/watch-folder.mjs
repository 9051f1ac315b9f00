/** How much a folder holds, asked again and again: the progress of programs that do not speak of theirs. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes in all files below `folder`; files that vanish while counting count as nothing. */
function bytesIn(folder) {
  let total = 0
  for (const entry of readFolder(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) total += bytesIn(path)
    else total += statSync(path, { throwIfNoEntry: false })?.size ?? 0
  }
  return total
}

function readFolder(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

/**
 * Tells the bytes below `folders` four times a second until the returned function is called.
 *
 * @param {string[]} folders
 * @param {(bytes: number) => void} onBytes
 * @returns {() => void}
 */
export function watchFolders(folders, onBytes) {
  const timer = setInterval(() => onBytes(folders.reduce((sum, folder) => sum + bytesIn(folder), 0)), 250)
  return () => clearInterval(timer)
}
