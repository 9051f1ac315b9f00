/** A device of `canteen.json` that sits on a line: where its entry stands, and what it says of the line. */
export interface LineUser {
  readonly at: readonly (string | number)[]
  readonly port: object
  readonly line?: object | undefined
  /** The address of a transmitter on a line that others may share. */
  readonly slave?: number | undefined
}

export interface LineProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/**
 * Devices that spoil each other's line: a port has one owner, unless all on it are transmitters with an address of their own
 * and the same settings (SPEC BY-14). Each problem stands at the later of the two entries.
 */
export function lineProblems(users: readonly LineUser[]): readonly LineProblem[] {
  const problems: LineProblem[] = []
  for (const [later, user] of users.entries())
    for (const earlier of users.slice(0, later)) {
      if (JSON.stringify(earlier.port) !== JSON.stringify(user.port)) continue
      const problem = clash(earlier, user)
      if (problem !== null) problems.push({ path: [...user.at, ...problem.path], message: problem.message })
    }
  return problems
}

function clash(earlier: LineUser, later: LineUser): LineProblem | null {
  const other = earlier.at.join('.')
  if (earlier.slave === undefined || later.slave === undefined)
    return { path: ['port'], message: `${other} has this port already` }
  if (earlier.slave === later.slave)
    return {
      path: ['modbus', 'slave'],
      message: `${other} on the same line has address ${later.slave} already`,
    }
  if (JSON.stringify(earlier.line ?? {}) !== JSON.stringify(later.line ?? {}))
    return { path: ['line'], message: `${other} on the same line has other settings` }
  return null
}
