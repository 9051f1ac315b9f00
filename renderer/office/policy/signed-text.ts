import { yuanText } from '../../ui/format.ts'

/** A difference with its sign, which says in words what a colour would: '+120.00', '-3.50', '0.00'. */
export const signedText = (differenceFen: number): string =>
  differenceFen > 0 ? `+${yuanText(differenceFen)}` : yuanText(differenceFen)
