import { transform } from 'receiptline'
import { printerCommands } from './printer-commands.ts'

/**
 * A receipt as a printer reads it: the document that its picture is drawn from, line for line (SPEC PT-5).
 *
 * @param columns Latin characters on a line
 */
export const paperBytes = (markup: string, columns: number): Uint8Array =>
  Buffer.from(
    transform(markup, { command: printerCommands(), cpl: columns, encoding: 'gb18030', spacing: true }),
    'latin1',
  )
