import type { receiptsZh } from '../zh-CN/receipts.ts'

/** A receipt on the screen. */
export const receiptsEn: typeof receiptsZh = {
  title: 'Receipt',
  close: 'Close',
  print: 'Print',
  printed: 'Saved as a PDF: {{path}}',
  noPrinter: 'This machine cannot print now. Please try again later.',
}
