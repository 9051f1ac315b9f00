/** What the runtime and the tests need from the operating system. */
import { existsSync } from 'node:fs'
import { answerOf, run } from './run.mjs'
import { fail, note, step } from './say.mjs'

/** Each with the names it goes by: newer Debian and Ubuntu renamed some. */
const PACKAGES = [
  { names: ['xvfb'], program: 'Xvfb', why: 'a display where there is none' },
  { names: ['libgtk-3-0', 'libgtk-3-0t64'], why: 'the window' },
  { names: ['libnss3'], why: 'the window' },
  { names: ['libgbm1'], why: 'the window' },
  { names: ['libasound2', 'libasound2t64'], why: 'the voice' },
  { names: ['libxss1'], why: 'the window' },
  { names: ['fonts-noto-cjk'], why: 'rare characters in names' },
  { names: ['socat'], program: 'socat', why: 'the trial’s serial lines' },
  { names: ['espeak-ng'], program: 'espeak-ng', why: 'the spoken clips' },
]
const TEST_PACKAGES = [
  { names: ['gcc'], program: 'gcc', why: 'the power-cut recorder' },
  { names: ['libc6-dev'], why: 'the power-cut recorder' },
  { names: ['strace'], program: 'strace', why: 'injected disk errors' },
  { names: ['procps'], program: 'pgrep', why: 'finding the station to kill it' },
  { names: ['postgresql'], program: 'psql', why: 'the community server’s database' },
]

const isDebian = () => existsSync('/etc/debian_version') && answerOf('dpkg-query', ['--version']) !== null

/**
 * Installs what is missing when it may; otherwise says the exact line for somebody who may.
 *
 * @param {{ forTests: boolean }} purpose
 * @param {boolean} mayInstall whether apt-get would obey this user
 */
export async function prepareSystemPackages({ forTests }, mayInstall = process.getuid?.() === 0) {
  if (process.platform !== 'linux') return
  const wanted = forTests ? [...PACKAGES, ...TEST_PACKAGES] : PACKAGES
  if (!isDebian()) {
    noteForOtherSystems(wanted)
    return
  }
  const missing = missingOf(wanted)
  if (missing.length === 0) return
  if (!mayInstall) {
    const names = missing.map((each) => candidateOf(each)).join(' ')
    fail(
      `some system packages are missing. Please run, then start again:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}\n`,
    )
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  step('apt-get update', 'the list of packages may be old or absent')
  if ((await run('apt-get', ['update', '-qq'], { env })) !== 0)
    note('apt-get update failed; trying with the list at hand')
  const names = missing.map((each) => candidateOf(each))
  step(`apt-get install ${names.join(' ')}`, [...new Set(missing.map((each) => each.why))].join(', '))
  const install = ['install', '-y', '-qq', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0', ...names]
  if ((await run('apt-get', install, { env, stdio: ['ignore', 'ignore', 'inherit'] })) !== 0)
    fail(`apt-get install failed: ${names.join(' ')}`)
}

function missingOf(packages) {
  const names = packages.flatMap((each) => each.names)
  // dpkg-query's exit code is 1 as soon as one name is unknown, with good lines for the rest.
  const lines = answerOf('sh', [
    '-c',
    `dpkg-query -W -f '\${Package} \${db:Status-Status}\\n' ${names.join(' ')} 2>/dev/null; true`,
  ])
  const installed = new Set(
    (lines ?? '')
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  )
  return packages.filter((each) => !each.names.some((name) => installed.has(name)))
}

/** The name under which this system offers the package. */
function candidateOf({ names }) {
  const offered = names.find((name) =>
    /Candidate: (?!\(none\))/.test(answerOf('apt-cache', ['policy', name]) ?? ''),
  )
  return offered ?? names[0]
}

/** Programs can be looked for on any system; libraries cannot. */
function noteForOtherSystems(wanted) {
  const missing = wanted.filter(
    ({ program }) => program && answerOf('sh', ['-c', `command -v ${program}`]) === null,
  )
  if (missing.length === 0) return
  note("this system has no dpkg; these programs are missing, by Debian's names for their packages:")
  for (const each of missing) note(`  ${each.names[0]} — ${each.why}`)
}
