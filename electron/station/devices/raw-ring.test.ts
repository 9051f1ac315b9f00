import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RawRing } from './raw-ring.ts'

test('DV-12 the ring holds the last bytes of any stream, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
      const ring = new RawRing(16)
      for (const chunk of chunks) ring.push(chunk)
      const all = Buffer.concat(chunks)
      expect(ring.tail()).toBe(
        all
          .subarray(Math.max(0, all.length - 16))
          .toString('hex')
          .toUpperCase(),
      )
    }),
  )
})
