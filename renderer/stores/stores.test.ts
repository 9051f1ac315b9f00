import { describe, expect, test } from 'vitest'
import { phaseFixtures } from '../../tests/fixtures/views.ts'
import type { StationClient } from './client.ts'
import { DEFAULT_SETTINGS, changeSettings, readSettings, useSettings } from './settings.ts'
import { connected, lost, NO_STATION, viewArrived } from './station.ts'

/** Never called here: the reducers only keep it. */
const client = {} as StationClient
const viewAt = (revision: number) => ({ ...phaseFixtures.idle, revision })

describe('the station as last heard', () => {
  test('SC-6 a view older than what this connection has shown is dropped', () => {
    const first = viewArrived(connected(NO_STATION, client), 1, viewAt(5))
    expect(first.connection).toBe('live')
    expect(viewArrived(first, 1, viewAt(4))).toBe(first)
    expect(viewArrived(first, 1, viewAt(6)).view?.revision).toBe(6)
  })

  test('SC-6 a new connection begins anew: its first view counts, an older connection’s does not', () => {
    const before = viewArrived(connected(NO_STATION, client), 1, viewAt(900))
    const reconnected = connected(lost(before), client)
    expect(reconnected.connection).toBe('checking')
    expect(viewArrived(reconnected, 1, viewAt(901))).toBe(reconnected)
    const fresh = viewArrived(reconnected, 2, viewAt(1))
    expect(fresh).toMatchObject({ connection: 'live', view: { revision: 1 } })
  })

  test('ST-2 SC-6 a lost station is being checked, never still "please tap"', () => {
    const live = viewArrived(connected(NO_STATION, client), 1, phaseFixtures.ready)
    expect(lost(live)).toMatchObject({ connection: 'checking', client: null, health: null })
    expect(lost(NO_STATION).connection).toBe('connecting')
  })
})

describe('settings', () => {
  const placeWith = (text: string | null) => ({ getItem: () => text, setItem: () => undefined })

  test('SC-12 what cannot be read is the default, value by value', () => {
    for (const text of [null, '', '{', '[]', '7', '{"volume":99,"officeLanguage":"de"}'])
      expect(readSettings(placeWith(text))).toEqual(DEFAULT_SETTINGS)
    expect(readSettings(placeWith('{"volume":0,"counterLanguage":"en"}'))).toEqual({
      ...DEFAULT_SETTINGS,
      volume: 0,
      counterLanguage: 'en',
    })
  })

  test('SC-12 a change is kept and read back', () => {
    const kept = new Map<string, string>()
    const place = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
    }
    changeSettings({ officeLanguage: 'en', volume: 5 }, place)
    expect(readSettings(place)).toEqual({ ...DEFAULT_SETTINGS, officeLanguage: 'en', volume: 5 })
    expect(useSettings.getState().volume).toBe(5)
  })
})
