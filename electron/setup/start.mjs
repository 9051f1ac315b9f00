/** `npm start`: the set-up where it is needed, then the counter; without a display a scripted lunch on a virtual one. */
import { hasDisplay, startVirtualDisplay } from './display.mjs'
import { run } from './run.mjs'
import { command, note, step } from './say.mjs'
import { prepare } from './setup.mjs'

await command(async () => {
  const code = await prepare(import.meta.url, { forTests: false })
  if (code !== null) return code
  return hasDisplay() ? openCounter() : serveScriptedLunch()
})

async function openCounter() {
  const { launchArguments } = await import('./runtime.mjs')
  if (launchArguments().includes('--no-sandbox'))
    note('running as root: Chromium’s sandbox is off, which is for trying things out only')
  return run(process.execPath, ['electron/trial/open.ts'])
}

/** The same window and ports, with a script for the hands. */
async function serveScriptedLunch() {
  step('a scripted lunch', 'there is no display here, so nobody could press anything')
  const virtual = await startVirtualDisplay()
  try {
    const env = { ...process.env, DISPLAY: virtual.display }
    return await run(process.execPath, ['electron/trial/lunch.ts'], { env })
  } finally {
    virtual.stop()
  }
}
