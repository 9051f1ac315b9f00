import { homedir } from 'node:os'
import { expect, test } from 'vitest'
import { shellSettings } from '../../../electron/main/settings.ts'
import { stationEnvironment } from '../../../electron/station/transport/environment.ts'

const machine = { appFolder: '/app', homeFolder: homedir(), platform: process.platform, arch: process.arch }

test('ST-6 the shell finds the data folder where the station and the command line find it', () => {
  for (const variables of [{ ...process.env, CANTEEN_DATA: undefined }, { CANTEEN_DATA: '/srv/canteen' }])
    expect(shellSettings(variables, machine).dataFolder).toBe(stationEnvironment(variables).dataFolder)
})
