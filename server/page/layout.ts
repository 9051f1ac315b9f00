import { html } from 'hono/html'
import type { Language, PageWords } from './words.ts'

export type Html = ReturnType<typeof html>

/** Where the stylesheet lies: a file of its own, so that the page's policy needs no exception. */
export const STYLE_PATH = '/style.css'

export const STYLE = `
:root { color-scheme: light; --ink: #1f2a33; --quiet: #55636e; --line: #dfe4e8; --warn: #8a2c12 }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.6 system-ui, 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif;
  color: var(--ink); background: #f6f7f8 }
header, main { max-width: 76rem; margin: 0 auto; padding: 1rem 1.5rem }
header { display: flex; align-items: baseline; gap: 1rem; flex-wrap: wrap }
h1 { font-size: 1.4rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem } h3 { font-size: 1rem; margin: 1.2rem 0 .4rem }
p { margin: .3rem 0; color: var(--quiet) } a { color: #0b5c8a } nav { margin-left: auto; display: flex; gap: 1rem }
section { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: .5rem 1.2rem 1.2rem; margin: 1rem 0 }
.scroll { overflow-x: auto } .scroll + .scroll { margin-top: 1rem } section > h2 { margin-top: .8rem }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: .35rem .8rem .35rem 0; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap }
th { font-weight: 600; color: var(--quiet) } .n { text-align: right } tfoot td { font-weight: 600 }
td.long { white-space: normal; overflow-wrap: anywhere; min-width: 14rem } code { font-size: .85em; overflow-wrap: anywhere }
.warn { color: var(--warn) } .warn h2, .warn p { color: var(--warn) }
`

/** What the browser may do here: show this page and its stylesheet. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

interface Page {
  readonly language: Language
  readonly words: PageWords
  /** The path of this very page, for the way to the other language. */
  readonly path: string
  readonly title: string
  readonly notice: string | null
  readonly body: Html
}

export function layout({ language, words, path, title, notice, body }: Page): Html {
  const other = language === 'zh' ? 'en' : 'zh'
  return html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <nav>
            ${path === '/' ? '' : html`<a href="/?lang=${language}">${words.allCanteens}</a>`}
            <a href="${path}?lang=${other}" lang="${other === 'zh' ? 'zh-CN' : 'en'}"
              >${words.otherLanguage}</a
            >
          </nav>
        </header>
        <main>${notice === null ? '' : html`<p class="warn">${notice}</p>`} ${body}</main>
      </body>
    </html>`
}

/** A cell: numbers stand right, long texts may break. */
export interface Cell {
  readonly text: string | Html
  readonly as?: 'number' | 'long' | 'warning'
}

const CLASS = { number: 'n', long: 'long', warning: 'warn' } as const

const cells = (row: readonly Cell[]): readonly Html[] =>
  row.map(({ text, as }) => html`<td class="${as === undefined ? '' : CLASS[as]}">${text}</td>`)

export function table(
  heads: readonly (readonly [name: string, as?: 'number'])[],
  rows: readonly (readonly Cell[])[],
  foot: readonly Cell[] | null = null,
): Html {
  if (rows.length === 0) return html`<p>—</p>`
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${heads.map(([name, as]) => html`<th scope="col" class="${as === 'number' ? 'n' : ''}">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row)}
            </tr>`,
        )}
      </tbody>
      ${
        foot === null
          ? ''
          : html`<tfoot>
              <tr>
                ${cells(foot)}
              </tr>
            </tfoot>`
      }
    </table>
  </div>`
}

/** Fen as yuan: exact, by cutting digits. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '−' : ''}¥${whole}.${digits.slice(-2)}`
}

export const money = (fen: number): Cell => ({ text: yuan(fen), as: 'number' })
export const count = (value: number): Cell => ({ text: value.toLocaleString('en'), as: 'number' })

/** Canteens are in one time zone, wherever the server stands. */
const TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
})
export const moment = (ms: number): string => TIME.format(ms)
