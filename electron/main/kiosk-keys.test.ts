import { expect, test } from 'vitest'
import { leadsOut, type KeyPress } from './kiosk-keys.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  control: false,
  alt: false,
  meta: false,
  ...held,
})

test.each(['F5', 'F11', 'F12', 'F10', 'BrowserBack'])('SE-3 %s does nothing in a kiosk', (key) => {
  expect(leadsOut(press(key))).toBe(true)
})

test.each(['r', 'R', 'w', 'q', 't', 'n', 'p', 'o', 's', 'u', 'i', '+', '-', '=', '0', 'Tab', 'F4'])(
  'SE-3 Control with %s does nothing in a kiosk',
  (key) => {
    expect(leadsOut(press(key, { control: true }))).toBe(true)
    expect(leadsOut(press(key, { meta: true }))).toBe(true)
  },
)

test.each(['F4', 'ArrowLeft', 'ArrowRight', 'Home', ' '])(
  'SE-3 Alt with %s does nothing in a kiosk',
  (key) => {
    expect(leadsOut(press(key, { alt: true }))).toBe(true)
  },
)

test.each([
  press('1'),
  press('Enter'),
  press('Tab'),
  press('r'),
  press('F2'),
  press('F8'),
  press('ArrowLeft'),
  press('a', { control: true }),
  press('c', { control: true }),
])('SE-3 the counter’s own keys work: %o', (key) => {
  expect(leadsOut(key)).toBe(false)
})
