import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../fixtures/random.ts'
import { RecordedDisk, SECTOR_BYTES, type DiskImage } from './disk.ts'
import type { DiskRecord } from './recording.ts'

const create = (name: string): DiskRecord => ({ kind: 'create', name })
const sync = (name: string): DiskRecord => ({ kind: 'sync', name })
const write = (name: string, offset: number, text: string): DiskRecord => ({
  kind: 'write',
  name,
  offset,
  bytes: Buffer.from(text),
})

function statesAfter(records: readonly DiskRecord[], count = 400): DiskImage[] {
  const disk = new RecordedDisk()
  for (const record of records) disk.apply(record)
  return Array.from({ length: count }, (_, index) => disk.afterCut(seededRandom(index)))
}
const texts = (states: readonly DiskImage[], name: string) =>
  new Set(states.map((image) => image.get(name)?.toString('latin1') ?? 'absent'))

describe('the states that a power cut may leave', () => {
  test('LG-21 what was synced is there in every state', () => {
    const states = statesAfter([create('a'), write('a', 0, 'safe'), sync('a'), write('a', 4, '+more')])
    for (const text of texts(states, 'a')) expect(text.startsWith('safe')).toBe(true)
  })

  test('LG-21 of two writes that nobody synced each may be there without the other', () => {
    const states = statesAfter([create('a'), sync('a'), write('a', 0, 'x'), write('a', 1, 'y')])
    expect(texts(states, 'a')).toEqual(new Set(['', 'x', 'xy', '\0y', '\0', '\0\0', 'x\0']))
  })

  test('LG-21 a write tears between sectors and never within one', () => {
    const before = 'b'.repeat(4 * SECTOR_BYTES)
    const after = 'n'.repeat(4 * SECTOR_BYTES)
    const states = statesAfter([create('a'), write('a', 0, before), sync('a'), write('a', 0, after)])
    const found = texts(states, 'a')
    expect(found.size).toBeGreaterThan(8)
    for (const text of found)
      for (let sector = 0; sector < 4; sector += 1)
        expect(new Set(text.slice(sector * SECTOR_BYTES, (sector + 1) * SECTOR_BYTES)).size).toBe(1)
  })

  test('LG-21 names reach the disk in their order: a later one never without the earlier', () => {
    const states = statesAfter([create('a'), create('b'), { kind: 'unlink', name: 'a' }, create('c')])
    const found = new Set(states.map((image) => [...image.keys()].toSorted().join('')))
    expect(found).toEqual(new Set(['', 'a', 'ab', 'b', 'bc']))
  })

  test('LG-21 a synced file keeps its name, and a synced folder every name and removal', () => {
    expect(texts(statesAfter([create('a'), write('a', 0, 'x'), sync('a')]), 'a')).toEqual(new Set(['x']))
    const gone = statesAfter([create('a'), sync('a'), { kind: 'unlink', name: 'a' }, { kind: 'sync-folder' }])
    expect(texts(gone, 'a')).toEqual(new Set(['absent']))
    const perhaps = statesAfter([create('a'), sync('a'), { kind: 'unlink', name: 'a' }])
    expect(texts(perhaps, 'a')).toEqual(new Set(['absent', '']))
  })

  test('LG-21 a truncation may be lost, and then the old bytes are back', () => {
    const truncate: DiskRecord = { kind: 'truncate', name: 'a', size: 1 }
    const states = statesAfter([create('a'), write('a', 0, 'xyz'), sync('a'), truncate])
    expect(texts(states, 'a')).toEqual(new Set(['x', 'xyz']))
  })

  test('LG-21 a file created again under an old name does not inherit its bytes', () => {
    const again = [create('a'), write('a', 0, 'old'), sync('a'), { kind: 'unlink', name: 'a' } as const]
    const found = texts(statesAfter([...again, create('a'), write('a', 0, 'new')]), 'a')
    expect(found).toEqual(new Set(['old', 'absent', '', 'new', '\0\0\0']))
  })

  test('LG-7 what a failed sync has not written, no later sync writes, unless it is written again', () => {
    const failed: DiskRecord = { kind: 'failed-sync', name: 'a' }
    const after = (again: boolean) =>
      new Set(
        Array.from({ length: 100 }, (_, seed) => {
          const disk = new RecordedDisk(new Map(), seededRandom(seed))
          const rewritten = again ? [write('a', 0, 'lost')] : []
          for (const record of [
            create('a'),
            sync('a'),
            write('a', 0, 'lost'),
            failed,
            ...rewritten,
            sync('a'),
          ])
            disk.apply(record)
          return disk.afterCut(seededRandom('cut')).get('a')?.toString('latin1')
        }),
      )
    expect(after(false)).toEqual(new Set(['', 'lost', '\0\0\0\0']))
    expect(after(true)).toEqual(new Set(['lost']))
  })

  test('LG-21 the program itself sees everything it wrote', () => {
    const disk = new RecordedDisk(new Map([['a', Buffer.from('first')]]))
    disk.apply(write('a', 0, 'F'))
    disk.apply({ kind: 'rename', name: 'a', to: 'b' })
    expect([...disk.now()].map(([name, bytes]) => `${name}=${bytes.toString()}`)).toEqual(['b=First'])
  })
})
