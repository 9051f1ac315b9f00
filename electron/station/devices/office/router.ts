import { ConfigError } from '../../config/config.ts'
import { reading, station } from '../../implementer.ts'
import { actorOf } from '../../staff/approval.ts'
import { noteAudit } from '../../staff/audit.ts'
import type { StationDeps } from '../../station.ts'
import { isIdReader, isReader, isScale } from '../protocols/index.ts'
import type { DeviceDesk } from './device-desk.ts'

export interface DevicesRouterDeps extends Pick<StationDeps, 'book'> {
  readonly deviceDesk: DeviceDesk
}

const isKnown = (protocol: string): boolean => isScale(protocol) || isReader(protocol) || isIdReader(protocol)

export const devicesRouter = ({ book, deviceDesk }: DevicesRouterDeps) =>
  station.devices.router({
    page: station.devices.page.handler(() => deviceDesk.page()),
    search: station.devices.search.handler(({ input, signal }) =>
      deviceDesk.search(input.paths, input.ask, signal),
    ),
    tryOut: station.devices.tryOut.handler(async ({ input, signal, errors }) => {
      if (!isKnown(input.protocol)) throw errors.UNKNOWN_PROTOCOL()
      const events = await deviceDesk.tryOut(input, signal)
      if (events === null) throw errors.PORT_IN_USE()
      return events
    }),
    choose: station.devices.choose.handler(async ({ input, context, errors }) => {
      const actor = actorOf(context)
      const { plate, ...chosen } = input
      if (!isKnown(chosen.protocol)) throw errors.UNKNOWN_PROTOCOL()
      try {
        const ready = await deviceDesk.choose(chosen, plate)
        if (ready === null) throw errors.NOTHING_TO_WRITE_INTO()
        reading(() => noteAudit(book, actor, 'device-chosen', chosen.protocol), errors.BOOK_UNAVAILABLE)
        ready.write()
        return { file: ready.file }
      } catch (error) {
        if (error instanceof ConfigError) throw errors.NOT_USABLE({ data: { problems: [...error.problems] } })
        throw error
      }
    }),
  })
