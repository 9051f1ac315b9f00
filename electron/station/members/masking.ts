/** 350102********1234: enough to tell two numbers apart, too little to use one. */
export const maskIdNumber = (idNumber: string): string =>
  `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}`

/** 138****1234; of a short number only the last two digits. */
export function maskPhone(phone: string): string {
  if (phone.length < 8) return `****${phone.slice(-2)}`
  return `${phone.slice(0, phone.length - 8)}****${phone.slice(-4)}`
}

/** 王**: the first character, of every script. */
export function maskName(name: string): string {
  const [first = '', ...rest] = name
  return first + '*'.repeat(rest.length)
}
