import { Hono, type Context } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import type { ServerDeps } from '../deps.ts'
import { canteenPage, canteensPage } from './canteens.ts'
import { dayPage } from './day.ts'
import { CONTENT_SECURITY_POLICY, layout, STYLE, STYLE_PATH, type Html } from './layout.ts'
import { WORDS, type Language, type PageWords } from './words.ts'

/** What a page is drawn from. */
export interface Drawn {
  readonly title: string
  readonly body: Html
}

export interface Viewer {
  readonly language: Language
  readonly words: PageWords
}

const date = z.iso.date()

/**
 * The pages for people: which canteens, which days, which totals. Read-only and without a login, which is why the server
 * listens on this machine alone unless it is told otherwise.
 */
export function pages({ database }: ServerDeps): Hono {
  const app = new Hono()
  const show = async (context: Context, draw: (viewer: Viewer) => Promise<Drawn | null>) => {
    const language = languageOf(context)
    const words = WORDS[language]
    const drawn = await draw({ language, words })
    const notice = database.kind === 'embedded' ? words.trialDatabase : null
    const { title, body } = drawn ?? { title: words.notFound, body: html`` }
    const page = await layout({ language, words, path: context.req.path, title, notice, body })
    return context.html(page, drawn === null ? 404 : 200, {
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
  }
  app.get(STYLE_PATH, (context) =>
    context.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' }),
  )
  app.get('/', (context) => show(context, (viewer) => canteensPage(database, viewer)))
  app.get('/canteens/:canteenId', (context) => {
    const canteenId = context.req.param('canteenId')
    const before = date.safeParse(context.req.query('before')).data ?? null
    return show(context, (viewer) => canteenPage(database, viewer, canteenId, before))
  })
  app.get('/canteens/:canteenId/days/:date', (context) => {
    const { canteenId, date: businessDate } = context.req.param()
    return show(context, (viewer) => dayPage(database, viewer, canteenId, businessDate))
  })
  return app
}

/** Chinese unless English is asked for by `?lang=en`, or the browser prefers it. */
function languageOf(context: Context): Language {
  const asked = context.req.query('lang')
  if (asked === 'zh' || asked === 'en') return asked
  const preferred = (context.req.header('accept-language') ?? '')
    .split(',')
    .map((each) => each.trim().slice(0, 2).toLowerCase())
    .find((each) => each === 'zh' || each === 'en')
  return preferred === 'en' ? 'en' : 'zh'
}
