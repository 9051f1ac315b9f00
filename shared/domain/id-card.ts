/** What a second-generation ID card says about its holder. Text as it stands on the card, without the blanks behind it. */
export interface IdCard {
  /** `resident`, `foreigner` (2017, mark I), `hmt` (Hong Kong, Macau, Taiwan, mark J) or `foreigner-2023` (mark Y). */
  readonly type: 'resident' | 'foreigner' | 'hmt' | 'foreigner-2023'
  readonly name: string
  /** Foreigners have a name in Chinese characters as well. */
  readonly chineseName?: string
  readonly sex: 'male' | 'female' | 'unknown'
  /** GB/T 3304 code `01`–`56` of a resident, country code of a foreigner; empty where the card has none. */
  readonly nation: string
  /** YYYY-MM-DD */
  readonly birth: string
  /** Empty where the card has none. */
  readonly address: string
  readonly idNumber: string
  readonly issuer: string
  /** YYYY-MM-DD */
  readonly validFrom: string
  /** YYYY-MM-DD, or 长期: without end. */
  readonly validTo: string
}
