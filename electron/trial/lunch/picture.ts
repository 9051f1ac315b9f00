import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'

/** Keeps what a window shows now as a PNG; compressed less than it could be, which takes half as long. */
export async function keepPicture(page: Page, path: string): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  try {
    const { data } = await devTools.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, Buffer.from(data, 'base64'))
  } finally {
    await devTools.detach()
  }
}

/** Gives a window this size, e.g. '1280x800', and waits until its page stands in it. */
export async function resizeWindow(app: ElectronApplication, page: Page, size: string): Promise<void> {
  const [width = 0, height = 0] = size.split('x').map(Number)
  const window = await app.browserWindow(page)
  await window.evaluate(
    (shown: { setContentSize(width: number, height: number): void }, [wide, high]) =>
      shown.setContentSize(wide, high),
    [width, height] as const,
  )
  await window.dispose()
  await page.waitForFunction(([wide, high]) => innerWidth === wide && innerHeight === high, [
    width,
    height,
  ] as const)
  await page.evaluate(async () => {
    // What measures itself does so in the first frame, and is drawn in the second.
    await new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve))
    })
  })
}
