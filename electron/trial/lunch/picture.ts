import { writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'

/** Keeps what a window shows now as a PNG; compressed less than it could be, which takes half as long. */
export async function keepPicture(page: Page, path: string): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  try {
    const { data } = await devTools.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
    await writeFile(path, Buffer.from(data, 'base64'))
  } finally {
    await devTools.detach()
  }
}
