import { en } from '../i18n/en.ts'
import { zhCN } from '../i18n/zh-CN.ts'
import type { Connection } from '../stores/station.ts'
import { BookScene } from './art/scenes.tsx'
import './waiting-cover.css'

/**
 * Covers the whole screen while what stands below may be old: nobody may tap on the strength of it. In both languages, whoever
 * is in front of it.
 */
export function WaitingCover({ connection }: { readonly connection: Connection }) {
  if (connection === 'live') return null
  return (
    <div className="waiting" role="alert" data-connection={connection}>
      <div className="waiting-paper">
        <div className="waiting-picture">
          <BookScene />
        </div>
        <p className="waiting-title" lang="zh-CN">
          {zhCN.connection[connection]}，{zhCN.connection.wait}
        </p>
        <p className="waiting-other" lang="en">
          {en.connection[connection]}, {en.connection.wait}
        </p>
        {connection === 'checking' && (
          <>
            <p className="waiting-comfort" lang="zh-CN">
              {zhCN.connection.nothingLost}
            </p>
            <p className="waiting-comfort" lang="en">
              {en.connection.nothingLost}
            </p>
          </>
        )}
      </div>
    </div>
  )
}
