import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Receipt, ReceiptOf } from '../../../shared/contract/receipts.ts'
import type { Printer } from '../deps.ts'

/** Paper of a receipt printer, in millimetres; the picture leaves a margin on both sides. */
const PAPER_MM = 80
const PICTURE_MM = 72
const MARGIN_MM = (PAPER_MM - PICTURE_MM) / 2

const SIZE = /^<svg width="(\d+)px" height="(\d+)px"/

/** A page as wide as the paper and as long as the receipt, with nothing outside itself. */
export function receiptPage({ title, svg }: Receipt): string {
  const [, width, height] = SIZE.exec(svg) ?? []
  if (width === undefined || height === undefined) throw new Error('a receipt without a size')
  const pageMm = Math.ceil((Number(height) / Number(width)) * PICTURE_MM) + 2 * MARGIN_MM
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title><style>
@page { size: ${PAPER_MM}mm ${pageMm}mm; margin: 0 }
body { margin: ${MARGIN_MM}mm; background: #fff }
svg { display: block; width: ${PICTURE_MM}mm; height: auto }
svg g { font-family: 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', monospace }
</style></head><body>${svg}</body></html>`
}

/** The name of a receipt's file, without its ending. Ids come from outside, so only plain signs are kept of them. */
export const receiptName = (which: ReceiptOf): string =>
  `${which.kind}-${idOf(which).replaceAll(/[^\w-]/g, '_')}`

function idOf(which: ReceiptOf): string {
  switch (which.kind) {
    case 'top-up':
      return which.topUpId
    case 'refund':
      return which.refundId
    case 'sale':
    case 'void':
      return which.saleId
    case 'part':
      return which.reversalId
    case 'day-close':
      return which.businessDate
  }
}

/**
 * Turns a receipt into a PDF in the folder of receipts. It is there whole or not at all.
 *
 * @returns where it lies
 */
export async function printReceipt(
  printer: Printer,
  dataFolder: string,
  which: ReceiptOf,
  receipt: Receipt,
): Promise<string> {
  const folder = join(dataFolder, 'receipts')
  const pdf = await printer.pdf(receiptPage(receipt))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${receiptName(which)}.pdf`)
  await writeFile(`${path}.part`, pdf, { mode: 0o600 })
  await rename(`${path}.part`, path)
  return path
}
