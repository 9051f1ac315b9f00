import { join } from 'node:path'
import { serveLunch, type LunchSummary } from './lunch/serve.ts'

/** What `npm start` does where nobody can press anything: serves a short lunch by itself and says what was sold. */
const folder = join(import.meta.dirname, '..', '..', 'out', 'lunch')
const write = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const yuan = (amountFen: number): string => (amountFen / 100).toFixed(2).padStart(7)

function report({ sales, totals, entries, headHash, countedFen, reports }: LunchSummary): void {
  write('\nSold:')
  for (const sale of sales.toReversed()) {
    const who = (sale.displayName ?? '散客').padEnd(5, '　')
    write(
      `  ${who} price ${yuan(sale.priceFen)}  subsidy ${yuan(-sale.subsidyFen)}  paid ${yuan(sale.selfPayFen)}` +
        `  in cash ${yuan(sale.cashFen)}`,
    )
  }
  write(
    `  ${totals.meals} meals, price ${yuan(totals.priceFen).trim()}, subsidy ${yuan(totals.subsidyFen).trim()}`,
  )
  write(`\nThe day is closed: ${yuan(countedFen).trim()} in the drawer, as the book says. Its report:`)
  for (const file of reports) write(`  ${file}`)
  write(`What the community server received: ${folder}/server.html`)
  write(`\nThe book: ${entries} entries, head ${headHash}`)
  write(`Screens and summary: ${folder}`)
}

write('A scripted lunch in real windows, over pseudo-terminals, into a book of its own:')
report(await serveLunch({ sizes: ['1920x1080'], folder, say: write }))
