import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { hasDisplay, startVirtualDisplay } from '../../../../electron/setup/display.mjs'
import { electronExecutable, launchArguments } from '../../../../electron/setup/runtime.mjs'
import { launchWindows } from '../../../../electron/trial/lunch/launch.ts'
import { keepPicture } from '../../../../electron/trial/lunch/picture.ts'

export interface GalleryWindow {
  readonly page: Page
  resize(width: number, height: number): Promise<void>
  /** Keeps what is shown now as a PNG. */
  picture(path: string): Promise<void>
  close(): Promise<void>
}

/** Opens a bare Electron window on an address; brings a display where there is none. */
export async function openGalleryWindow(address: string): Promise<GalleryWindow> {
  const display = hasDisplay() ? null : await startVirtualDisplay()
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  const app: ElectronApplication = await launchWindows({
    executablePath: electronExecutable(),
    args: [join(import.meta.dirname, 'window'), ...launchArguments()],
    env: {
      ...Object.fromEntries(inherited),
      GALLERY_ADDRESS: address,
      ...(display === null ? {} : { DISPLAY: display.display }),
    },
  })
  const page = await app.firstWindow()
  // Nothing that moves is of interest here, and drawing it takes as long as everything else.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  return {
    page,
    picture: (path) => keepPicture(page, path),
    async resize(width, height) {
      await app.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, ...size }),
        { width, height },
      )
      await page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, {
        width,
        height,
      })
    },
    async close() {
      await app.close()
      display?.stop()
    },
  }
}
