import type { PolicyReplay } from '../../shared/contract/policy.ts'
import type { Compared } from '../../shared/domain/policy/replay-sums.ts'

const AMOUNT_WIDTH = 14
const NAME_WIDTH = 36

/** '1234.50' for 123450 fen. */
function yuan(amountFen: number): string {
  const magnitude = Math.abs(amountFen)
  const digits = `${Math.floor(magnitude / 100)}.${String(magnitude % 100).padStart(2, '0')}`
  return amountFen < 0 ? `-${digits}` : digits
}

const signed = (amountFen: number): string => (amountFen > 0 ? `+${yuan(amountFen)}` : yuan(amountFen))

const row = (name: string, ...cells: readonly string[]): string =>
  name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(AMOUNT_WIDTH)).join('')

const comparedRow = (name: string, { beforeFen, afterFen, differenceFen }: Compared): string =>
  row(name, yuan(beforeFen), yuan(afterFen), signed(differenceFen))

/** A replay as lines for a terminal, in yuan. */
export function replayTable(replay: PolicyReplay): readonly string[] {
  const { draft, month, meals, members, largest } = replay
  return [
    `${month} under ${draft.id} version ${draft.version}: ${meals} meals, ${yuan(replay.priceFen)} yuan`,
    '',
    row('yuan', 'before', 'draft', 'difference'),
    ...replay.funders.map((funder) => comparedRow(`  ${funder.funderId}`, funder)),
    comparedRow('subsidy', replay.subsidy),
    comparedRow('discount by the canteen', replay.discount),
    comparedRow('seniors and guests pay', replay.selfPay),
    ...replay.providerPayments.map((funder) => comparedRow(`to the provider by ${funder.funderId}`, funder)),
    '',
    `members who pay more: ${members.more}, less: ${members.less}, the same: ${members.same}`,
    ...[...largest.more, ...largest.less].map((member) =>
      comparedRow(`  ${member.memberId} (${member.meals} meals)`, member),
    ),
  ]
}
