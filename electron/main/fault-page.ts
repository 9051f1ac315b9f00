import type { ShellWindow } from './arrangement.ts'
import { PAGE_ORIGIN } from './page-url.ts'
import type { FaultCode } from './supervisor.ts'

const LONGEST_DETAIL = 200

/**
 * The address of the fault page for a window. Seniors read that they should ask; staff read what happened, what to do,
 * and one line for support.
 *
 * @param detail what the station said: the place in the configuration, or the end of a crash's stack
 * @param attempt makes the address of a second fault a new page, with a button that can be pressed again
 */
export function faultPageOf(name: ShellWindow, code: FaultCode, detail: string, attempt: number): string {
  const section = name === 'staff' || name === 'trial' ? code : 'seniors'
  const query = new URLSearchParams({ attempt: String(attempt), detail: lineForSupport(detail) })
  return `${PAGE_ORIGIN}/fault/fault.html?${query.toString()}#${section}`
}

/** The telling line: of a stack that is the one that names the error. */
function lineForSupport(detail: string): string {
  const lines = detail.split('\n').map((line) => line.trim())
  const telling =
    lines.find((line) => /^(?:Uncaught )?\w*Error\b/.test(line)) ?? lines.find((line) => line !== '')
  return (telling ?? '').slice(0, LONGEST_DETAIL)
}
