import { transform } from 'receiptline'
import type { RareCharacters } from '../deps.ts'
import { textBytes } from '../devices/protocols/escpos.ts'
import { printerCommands } from './printer-commands.ts'
import { withRareDrawn } from './rare-glyphs.ts'

/**
 * A receipt as a printer reads it: the document that its picture is drawn from, line for line (SPEC PT-5).
 *
 * @param columns Latin characters on a line
 * @param rare whether characters that a cheap font lacks are text all the same, or drawn
 */
export const paperBytes = (markup: string, columns: number, rare: RareCharacters = 'text'): Uint8Array =>
  Buffer.from(
    transform(markup, {
      command: printerCommands(rare === 'bitmap' ? withRareDrawn : textBytes),
      cpl: columns,
      encoding: 'gb18030',
      spacing: true,
    }),
    'latin1',
  )
