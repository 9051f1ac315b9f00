/** Steps of the golden ratio: spread over [0, 1) like chance, the same at every start. */
export function evenNoise(): () => number {
  let value = 0
  return () => {
    value = (value + 0.618_033_988_75) % 1
    return value
  }
}
