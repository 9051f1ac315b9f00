import { afterAll } from 'vitest'
import { startVirtualDisplay } from '../../electron/setup/display.mjs'

// Two files run at a time: on one display a window would lie over the other's, which then draws more slowly.
const display = process.platform === 'linux' ? await startVirtualDisplay(() => undefined) : null
if (display !== null) process.env['DISPLAY'] = display.display
afterAll(() => display?.stop())
