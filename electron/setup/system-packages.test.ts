import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** A machine on which dpkg-query knows of fewer packages than are there; apt-get only says what it was asked. */
let machine: string

beforeAll(() => {
  machine = mkdtempSync(join(tmpdir(), 'canteen-machine-'))
  program(
    'dpkg-query',
    '[ "$1" = --version ] || { echo "$INSTALLED" | tr " " "\\n" | sed "s/$/ installed/"; exit 1; }',
  )
  program('apt-get', 'echo "apt-get $*" >> "$ASKED"')
  program(
    'apt-cache',
    'case " $OFFERED " in *" $2 "*) echo "  Candidate: 1.0";; *) echo "  Candidate: (none)";; esac',
  )
})
afterAll(() => rmSync(machine, { recursive: true, force: true }))

function program(name: string, script: string): void {
  writeFileSync(join(machine, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(machine, name), 0o755)
}

const EVERYTHING =
  'xvfb libgtk-3-0 libnss3 libgbm1 libasound2 libxss1 fonts-noto-cjk socat espeak-ng gcc libc6-dev strace procps postgresql'

function prepare(installed: string, mayInstall: boolean, offered = EVERYTHING) {
  const asked = join(machine, 'asked')
  writeFileSync(asked, '')
  const script = `
    const { prepareSystemPackages } = await import(${JSON.stringify(join(import.meta.dirname, 'system-packages.mjs'))})
    await prepareSystemPackages({ forTests: true }, ${mayInstall}).catch((error) => {
      console.log(error.message)
      process.exitCode = 1
    })`
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: {
      ...process.env,
      PATH: `${machine}:${process.env['PATH']}`,
      INSTALLED: installed,
      OFFERED: offered,
      ASKED: asked,
    },
    encoding: 'utf8',
  })
  const requests = spawnSync('cat', [asked], { encoding: 'utf8' }).stdout
  return { status, stdout, requests }
}

test('SU-4 with everything installed nothing is said and nothing asked of apt', () => {
  expect(prepare(EVERYTHING, true)).toEqual({ status: 0, stdout: '', requests: '' })
})

test('SU-4 root gets exactly what is missing, with a reason', () => {
  const installed = EVERYTHING.replace('xvfb ', '').replace('socat ', '')
  const { status, stdout, requests } = prepare(installed, true)
  expect(status).toBe(0)
  expect(stdout).toContain('apt-get install xvfb socat — a display where there is none')
  const [update, install] = requests.split('\n')
  expect(update).toMatch(/^apt-get update/)
  expect(install).toMatch(/^apt-get install .*--no-install-recommends.* xvfb socat$/)
})

test('SU-4 anybody else reads the exact line, and nothing is asked of apt', () => {
  const { status, stdout, requests } = prepare(EVERYTHING.replace('libnss3 ', ''), false)
  expect(status).toBe(1)
  expect(stdout).toContain('sudo apt-get install -y --no-install-recommends libnss3\n')
  expect(requests).toBe('')
})

test('SU-4 a newer system’s name for a package is taken, installed or offered', () => {
  const renamed = EVERYTHING.replace('libgtk-3-0', 'libgtk-3-0t64').replace('libasound2', 'libasound2t64')
  expect(prepare(renamed, false).status).toBe(0)
  const { stdout } = prepare(renamed.replace('libasound2t64 ', ''), false, renamed)
  expect(stdout).toContain(' libasound2t64\n')
})
