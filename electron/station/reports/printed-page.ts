import { html, type Markup } from './markup.ts'

/** Nothing is fetched and nothing runs: what the page needs is in it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/**
 * A document to print on A4, whole in itself and without a script. It is marked as Chinese in either language: the font
 * draws the digits of a page marked as English with signs that a PDF cannot give back as text.
 */
export function printedPage(title: string, style: Markup, body: Markup): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`.text
}
