import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { RouterClient } from '@orpc/server'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { childProcessHost } from '../../../electron/main/hosts/child-process-host.ts'
import { Supervisor } from '../../../electron/main/supervisor.ts'
import { systemTimers } from '../../../electron/main/system-timers.ts'
import { nodeChannel } from '../../fixtures/node-channel.ts'
import { buildSmallApp, launchApp, type SmallApp } from '../../fixtures/small-app.ts'
import type { smallRouter } from '../../fixtures/small-station.ts'

let app: SmallApp

beforeAll(async () => {
  app = await buildSmallApp()
})
afterAll(() => app.remove())

async function textOf(pdf: string): Promise<string> {
  const document = await getDocumentProxy(new Uint8Array(Buffer.from(pdf, 'base64')))
  return (await extractText(document, { mergePages: true })).text
}

test.each(['child', 'utility'] as const)(
  'SE-11 the %s host: the shell prints the station’s pages, without script or network, several at once',
  async (host) => {
    let fetched = 0
    const server = createServer((_request, response) => {
      fetched += 1
      response.end()
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    onTestFinished(() => void server.close())
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const page = (name: string) => `<!doctype html><style>@page { size: A4; margin: 20mm }</style>
      <link rel="stylesheet" href="${address}/a.css"><img src="${address}/b.png"><iframe src="${address}/c"></iframe>
      <p>page ${name}</p><p id="p">as written</p><script>document.getElementById('p').textContent = 'run'</script>
      <script src="${address}/d.js"></script>`

    const shell = await launchApp(app.folder, { CANTEEN_STATION_HOST: host })
    onTestFinished(() => shell.close())
    const staff = await shell.window('staff')
    await staff.waitForFunction(() => window.small.events.includes('port'))
    const pdfs = await staff.evaluate(
      (pages) => Promise.all(pages.map((each) => window.small.client().print(each))),
      ['one', 'two', 'three'].map(page),
    )
    const texts = await Promise.all(pdfs.map(textOf))
    for (const [index, name] of ['one', 'two', 'three'].entries()) {
      expect(texts[index]).toContain(`page ${name}`)
      expect(texts[index]).toContain('as written')
      expect(texts[index]).toMatch(/1\s*\/\s*1/)
    }
    expect(fetched).toBe(0)
    // What printed is gone; both screens are there as before, and the station lives.
    const windows = await shell.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    expect(windows).toBe(2)
    expect(await staff.evaluate(() => window.small.client().echo('still here'))).toBe('still here')
  },
)

test('SE-11 where nothing prints the station is told so at once, and a page that fails is a reason', async () => {
  const stationPath = join(import.meta.dirname, '..', '..', 'fixtures', 'small-station.ts')
  const told: string[] = []
  for (const onPrint of [undefined, () => Promise.reject(new Error('the page ended: crashed'))]) {
    const ready = vi.fn<(trial: boolean) => void>()
    const host = childProcessHost<MessagePort>({
      nodePath: process.execPath,
      entryPath: stationPath,
      environment: process.env,
      channel: nodeChannel,
    })
    const supervisor = new Supervisor(host, systemTimers, {
      onReady: ready,
      onLost: () => undefined,
      onFault: () => undefined,
      log: () => undefined,
      ...(onPrint === undefined ? {} : { onPrint }),
    })
    supervisor.start()
    onTestFinished(() => supervisor.stop(5_000))
    await vi.waitUntil(() => ready.mock.calls.length > 0, { timeout: 15_000 })
    const port = supervisor.connect()
    if (port === null) throw new Error('ready without a port')
    const client: RouterClient<typeof smallRouter> = createORPCClient(new RPCLink({ port }))
    await client.print('<p>page</p>').catch((error: unknown) => told.push(String(error)))
  }
  expect(told).toHaveLength(2)
})
