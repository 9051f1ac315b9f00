import { parseArgs } from 'node:util'
import { quoteCase, quotedCase, type QuoteCase } from '../../shared/contract/quote-case.ts'
import { CHINA_CALENDAR } from '../../shared/domain/calendar-china.ts'
import type { PolicyPack } from '../../shared/domain/policy/types.ts'
import { EXIT, type Command } from './command.ts'
import { FileProblem, jsonAt, packAt } from './pack-file.ts'

export const quote: Command = {
  summary: 'works out what a meal costs under a subsidy pack, step by step',
  help: [
    'canteen quote --pack FILE [--pack FILE …] --case FILE',
    '',
    '--pack    a policy pack. Given several times: of versions of one pack the one that is in force on the date of the meal',
    '          counts, of different packs the one of the smallest area around the canteen, a district before its city.',
    '--case    one meal: {member, date, canteen, mealPeriod, foodFen, …}, see docs/policy-packs.md.',
    '',
    'Prints {priceFen, discountFen, selfPayFen, funders, providerFen, steps, …}; where no pack is in force on the date, the',
    'full price. Money is whole fen.',
    'Exit codes: 0 quoted · 1 a file says something that it may not, each place is named · 2 usage · 3 a file cannot be read.',
  ].join('\n'),

  async run(args, { out, err }) {
    const { values } = parseArgs({
      args: [...args],
      options: { pack: { type: 'string', multiple: true }, case: { type: 'string' } },
    })
    if (values.pack === undefined || values.case === undefined) {
      err.write('canteen quote: needs --pack FILE and --case FILE')
      return EXIT.usage
    }
    try {
      const packs = values.pack.map(packAt)
      const meal = caseAt(values.case)
      requireAreas(packs)
      out.write(JSON.stringify(quotedCase(packs, meal, CHINA_CALENDAR)))
      return EXIT.done
    } catch (error) {
      if (error instanceof FileProblem) err.write(`canteen quote: ${error.message}`)
      else if (error instanceof Error && 'code' in error) {
        err.write(`canteen quote: ${error.message}`)
        return EXIT.unusable
      } else throw error
      return EXIT.findings
    }
  },
}

/** Packs of several ids are told apart by where they hold. */
function requireAreas(packs: readonly PolicyPack[]): void {
  const [first] = packs
  if (packs.every(({ id }) => id === first?.id)) return
  const nowhere = packs.find(({ area }) => area === undefined)
  if (nowhere !== undefined)
    throw new FileProblem(`the packs are not versions of one, and '${nowhere.id}' does not say its area`)
}

function caseAt(file: string): QuoteCase {
  const parsed = quoteCase.safeParse(jsonAt(file))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || 'case'}: ${message}`)
  throw new FileProblem([`${file} is no case:`, ...problems].join('\n'))
}
