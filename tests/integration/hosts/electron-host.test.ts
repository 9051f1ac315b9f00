import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildSmallApp, launchApp, type RunningApp, type SmallApp } from '../../fixtures/small-app.ts'

/** Each opens a program with two windows, some of them six times. */
vi.setConfig({ testTimeout: 60_000 })

let app: SmallApp
let running: RunningApp | null = null

beforeAll(async () => {
  app = await buildSmallApp()
})
afterEach(async () => {
  await running?.close()
  running = null
})
afterAll(() => app.remove())

async function launch(variables: Readonly<Record<string, string>>): Promise<RunningApp> {
  running = await launchApp(app.folder, variables)
  return running
}

/** The staff's page once it has had as many ports as this. */
async function pageWithPorts(shell: RunningApp, count: number): Promise<Page> {
  const page = await shell.window('staff')
  await page.waitForFunction(
    (wanted) => window.small.events.filter((event) => event === 'port').length >= wanted,
    count,
  )
  return page
}

const stationOf = (page: Page) => page.evaluate(() => window.small.client().process())

/** What a call in flight comes to, kept in the page until a test asks. */
const callInFlight = (page: Page) =>
  page.evaluateHandle(() => ({
    outcome: window.small
      .client()
      .slow({ delayMs: 60_000 })
      .then(
        () => 'answered',
        () => 'rejected',
      ),
  }))

describe.each(['child', 'utility'] as const)('a station hosted as %s', (host) => {
  const variables = { CANTEEN_STATION_HOST: host }

  test(`ST-1 the ${host} host serves both screens, each over its own port`, async () => {
    const shell = await launch(variables)
    const staff = await pageWithPorts(shell, 1)
    const seniors = await shell.window('seniors')
    await seniors.waitForFunction(() => window.small.events.includes('port'))
    expect(await stationOf(staff)).toMatchObject({ hasParentPort: host === 'utility' })
    expect((await stationOf(staff)).pid).toBe((await stationOf(seniors)).pid)
    expect(await seniors.evaluate(() => window.small.client().echo('𠮷'))).toBe('𠮷')
  })

  test(`ST-2 the ${host} host: kill -9 rejects calls in flight, tells the pages, and they get new ports`, async () => {
    const shell = await launch(variables)
    const page = await pageWithPorts(shell, 1)
    const { pid } = await stationOf(page)
    const inFlight = await callInFlight(page)
    process.kill(pid, 'SIGKILL')
    expect(await inFlight.evaluate(({ outcome }) => outcome)).toBe('rejected')
    await pageWithPorts(shell, 2)
    expect(await page.evaluate(() => window.small.events)).toEqual(
      expect.arrayContaining(['port', 'closed', 'lost']),
    )
    expect((await stationOf(page)).pid).not.toBe(pid)
    expect(await page.evaluate(() => window.small.client().echo('again'))).toBe('again')
  })

  test(`ST-3 the ${host} host: past the bound both screens say it in people’s words, and a button tries again`, async () => {
    const shell = await launch(variables)
    for (let life = 1; life <= 5; life += 1) {
      const page = await pageWithPorts(shell, life)
      await page.evaluate(() => {
        window.small
          .client()
          .crash()
          .catch(() => undefined)
      })
    }
    const staff = await shell.window('crashes')
    await staff.getByRole('heading', { name: '收银机停了' }).waitFor()
    expect(await staff.locator('section:visible').count()).toBe(1)
    const seniors = await shell.window('seniors')
    await seniors.getByText('请找工作人员。').waitFor()
    expect(await seniors.getByRole('button').count()).toBe(0)
    await staff.getByRole('button', { name: '再试一次' }).click()
    const page = await pageWithPorts(shell, 1)
    expect(await page.evaluate(() => window.small.client().echo('back'))).toBe('back')
  })

  test(`ST-10 the ${host} host: a station that asks for it is started again, and the pages get new ports`, async () => {
    const shell = await launch(variables)
    const page = await pageWithPorts(shell, 1)
    const { pid } = await stationOf(page)
    await page.evaluate(() => window.small.client().restart())
    await pageWithPorts(shell, 2)
    expect((await stationOf(page)).pid).not.toBe(pid)
  })

  test(`ST-5 the ${host} host: a frozen station is killed and started again`, async () => {
    const shell = await launch(variables)
    const page = await pageWithPorts(shell, 1)
    const { pid } = await stationOf(page)
    const inFlight = await callInFlight(page)
    process.kill(pid, 'SIGSTOP')
    expect(await inFlight.evaluate(({ outcome }) => outcome)).toBe('rejected')
    await pageWithPorts(shell, 2)
    expect((await stationOf(page)).pid).not.toBe(pid)
  })

  test(`ST-3 the ${host} host: a refusal to start shows its own words and the place for support`, async () => {
    const shell = await launch({ ...variables, SMALL_STATION_REFUSES: 'configuration-invalid' })
    const staff = await shell.window('configuration-invalid')
    await staff.getByRole('heading', { name: '设置里有错' }).waitFor()
    expect(await staff.locator('#detail').textContent()).toBe('refused with configuration-invalid')
    await staff.getByRole('button', { name: '再试一次' }).click()
    await staff.waitForURL(/attempt=2/)
    expect(await staff.getByRole('button', { name: '再试一次' }).isEnabled()).toBe(true)
  })
})

test('ST-8 a page that dies is loaded again and served by the same station', async () => {
  const shell = await launch({})
  const { pid } = await stationOf(await pageWithPorts(shell, 1))
  const pidSeenBy = (name: string): Promise<unknown> =>
    shell.electron.evaluate(async ({ webContents }, screen): Promise<unknown> => {
      const page = webContents.getAllWebContents().find((each) => each.getURL().endsWith(`#/${screen}`))
      // Playwright gives a page up for good once it crashed, so the shell asks it; a dead one never answers.
      const script = 'window.small?.events.includes("port") && window.small.client().process()'
      const silence = new Promise((resolve) => {
        setTimeout(resolve, 500, null)
      })
      return Promise.race([page?.executeJavaScript(script), silence])
    }, name)
  await shell.electron.evaluate(({ webContents }) => {
    for (const page of webContents.getAllWebContents()) page.forcefullyCrashRenderer()
  })
  const seen = await vi.waitUntil(() => pidSeenBy('staff'), { timeout: 10_000, interval: 200 })
  expect(seen).toMatchObject({ pid })
})

test('ST-6 the trial opens a panel beside both screens', async () => {
  const shell = await launch({ SMALL_STATION_TRIAL: 'yes' })
  const screens = await Promise.all(['seniors', 'staff', 'trial'].map((name) => shell.window(name)))
  expect(new Set(screens).size).toBe(3)
  expect(shell.electron.windows()).toHaveLength(3)
})

test('ST-7 a second start on the same data folder hands over to the first and ends', async () => {
  const shell = await launch({})
  await pageWithPorts(shell, 1)
  const code = await shell.electron.evaluate(
    async (_electron, { folder, flags }) => {
      const { spawn } = process.getBuiltinModule('node:child_process')
      const second = spawn(process.execPath, [folder, ...flags], { stdio: 'ignore' })
      return new Promise<number | null>((resolve) => {
        second.on('exit', resolve)
      })
    },
    { folder: app.folder, flags: ['--no-sandbox'] },
  )
  expect(code).toBe(0)
})
