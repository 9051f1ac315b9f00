import { join } from 'node:path'
import { awaiting, station } from '../../implementer.ts'
import type { Log } from '../../deps.ts'
import { writeWhole } from '../../reports/files.ts'
import { actorOf } from '../../staff/approval.ts'
import type { ImportDesk } from './import-desk.ts'
import { templateFile } from './template.ts'

const TEMPLATE_PLACE = ['templates', '长者名单.xlsx'] as const

export interface ImportRouterDeps {
  readonly importDesk: ImportDesk
  readonly dataFolder: string
  readonly log: Log
}

/** A list of members, as the office asks for it. */
export const memberImportRouter = ({ importDesk, dataFolder, log }: ImportRouterDeps) =>
  station.memberImport.router({
    watch: station.memberImport.watch.handler(({ signal }) => importDesk.view.watch(signal)),
    read: station.memberImport.read.handler(({ input, errors }) => {
      if (importDesk.busy) throw errors.ALREADY_RUNNING()
      importDesk.read(input.fileName, Buffer.from(input.base64, 'base64'))
      return {}
    }),
    begin: station.memberImport.begin.handler(async ({ input, context, errors }) => {
      const actor = actorOf(context)
      const begun = await awaiting(() => importDesk.begin(input.importId, actor), errors.BOOK_UNAVAILABLE)
      if (!begun) throw errors.NOT_READY()
      return {}
    }),
    close: station.memberImport.close.handler(() => {
      importDesk.close()
      return {}
    }),
    template: station.memberImport.template.handler(async ({ errors }) => {
      const path = join(dataFolder, ...TEMPLATE_PLACE)
      try {
        const bytes = await templateFile()
        await writeWhole(path, bytes)
        return { path, bytes: bytes.length }
      } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error
        log.warn('a template was not written', { path, reason: error.message })
        throw errors.CANNOT_WRITE()
      }
    }),
  })
