import type { receiptsZh } from '../zh-CN/receipts.ts'

/** A receipt on the screen. */
export const receiptsEn: typeof receiptsZh = {
  title: 'Receipt',
  close: 'Close',
}
