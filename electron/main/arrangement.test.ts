import { expect, test } from 'vitest'
import { kioskPlaces, trialPlaces, type Area } from './arrangement.ts'

const main: Area = { x: 0, y: 0, width: 1920, height: 1080 }
const second: Area = { x: 1920, y: 0, width: 1280, height: 800 }

test('ST-6 with two displays the seniors’ screen fills the second', () => {
  const places = kioskPlaces(['seniors', 'staff'], [main, second])
  expect(places.get('staff')).toMatchObject({ ...main, kiosk: true })
  expect(places.get('seniors')).toMatchObject({ ...second, kiosk: true })
})

test('ST-6 with one display both fill it; a machine for one screen uses its main display', () => {
  expect(kioskPlaces(['seniors', 'staff'], [main]).get('seniors')).toMatchObject(main)
  expect(kioskPlaces(['seniors'], [main, second]).get('seniors')).toMatchObject(main)
})

test.each([
  [1920, 1080],
  [1280, 800],
  [1366, 768],
  [3440, 1440],
  [1080, 1920],
])('ST-6 the trial shows both screens and its panel on %i×%i without covering any', (width, height) => {
  const screen = { x: 10, y: 20, width, height }
  const places = [...trialPlaces(['seniors', 'staff'], screen).values()]
  expect(places).toHaveLength(3)
  expect(new Set(places.map(({ zoom }) => zoom)).size).toBe(1)
  for (const place of places) {
    expect(place.kiosk).toBe(false)
    expect(place.zoom).toBeGreaterThan(0.2)
    expect(place.zoom).toBeLessThanOrEqual(1)
    expect(place.width).toBeGreaterThan(0)
    expect(place.height).toBeGreaterThan(100)
    expect(place.x).toBeGreaterThanOrEqual(screen.x)
    expect(place.x + place.width).toBeLessThanOrEqual(screen.x + width)
    expect(place.y + place.height).toBeLessThanOrEqual(screen.y + height)
    expect(places.filter((other) => other !== place && overlap(place, other))).toEqual([])
  }
})

const overlap = (one: Area, other: Area) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height
