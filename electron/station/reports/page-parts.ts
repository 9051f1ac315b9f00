import { html, type Markup } from './markup.ts'

/** What the documents for A4 are put together from. */

export const tile = (words: string, value: string, unit: string): Markup =>
  html`<div class="tile"><span>${words}</span><b>${value}</b> <small>${unit}</small></div>`

interface Column {
  readonly title: string
  readonly words?: boolean
}

export type TableRow = { readonly cells: readonly string[]; readonly kind?: 'sum' | 'less' }

export function table(columns: readonly Column[], rows: readonly TableRow[]): Markup {
  const classOf = (index: number) => (columns[index]?.words === true ? 'words' : 'number')
  return html`<table>
    <thead>
      <tr>
        ${columns.map(({ title }, index) => html`<th class="${classOf(index)}">${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ cells, kind = 'plain' }) =>
          html`<tr class="${kind}">
            ${cells.map((cell, index) => html`<td class="${classOf(index)}">${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** The first column is words, the others are numbers. */
export const named = (...titles: readonly [string, ...string[]]): readonly Column[] =>
  titles.map((title, index) => ({ title, words: index === 0 }))

export const SIGNATURES: Markup = html`<div class="signatures">
  <div>制表：</div>
  <div>审核：</div>
  <div>负责人：</div>
</div>`
