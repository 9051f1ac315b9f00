/** '1.250' for 1,250,000 mg: exact to the gram, as scales of canteens are. */
export function kilogramsText(milligrams: number): string {
  const size = Math.abs(milligrams)
  const grams = String(Math.floor((size % 1_000_000) / 1_000)).padStart(3, '0')
  return `${milligrams < 0 ? '−' : ''}${Math.floor(size / 1_000_000)}.${grams}`
}
