import { expect, test, vi } from 'vitest'
import { inSecondWindow, WindowHung } from './second-window.ts'

test('SE-11 a page whose window hung is printed in a second one, and in no third', async () => {
  const hung = () => Promise.reject(new WindowHung('not printed within 20 s'))
  const once = vi.fn<() => Promise<string>>().mockImplementationOnce(hung).mockResolvedValueOnce('pdf')
  expect(await inSecondWindow(once)).toBe('pdf')
  expect(once).toHaveBeenCalledTimes(2)
  const always = vi.fn<() => Promise<string>>(hung)
  await expect(inSecondWindow(always)).rejects.toThrow('not printed within 20 s')
  expect(always).toHaveBeenCalledTimes(2)
})

test('SE-11 a page that failed for a reason is not printed again', async () => {
  const crashed = vi.fn<() => Promise<string>>().mockRejectedValue(new Error('the page ended: crashed'))
  await expect(inSecondWindow(crashed)).rejects.toThrow('crashed')
  expect(crashed).toHaveBeenCalledTimes(1)
})
