import { useTranslation } from 'react-i18next'
import type { BaysView, NotedAt } from '../../../shared/domain/bays/view.ts'
import type { Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { gramsText, shortMoment } from '../../ui/format.ts'

interface NotSoldProps {
  readonly view: BaysView
  readonly language: Language
}

/** What left the pans today and was charged to nobody, or came into them: with the sum of what nobody was bound for. */
export function NotSold({ view: { notes, bays }, language }: NotSoldProps) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const dishOf = ({ bayId, dishId }: NotedAt): string => {
    const dish = bays.find((bay) => bay.bayId === bayId)?.dish ?? null
    return dish === null ? dishId : language === 'en' ? dish.name.en : dish.name.zh
  }
  const unattributedMg = notes
    .filter(({ what }) => what === 'unattributed')
    .reduce((sum, { netMg }) => sum + netMg, 0)
  return (
    <section data-part="not-sold">
      <h2 className="bays-heading">{t('bays.office.notSold.title')}</h2>
      {notes.length === 0 ? (
        <p>{t('bays.office.notSold.none')}</p>
      ) : (
        <p data-unattributed={unattributedMg}>
          {t('bays.office.notSold.unattributed', { grams: gramsText(unattributedMg) })}
        </p>
      )}
      <ul className="bays-notes">
        {notes.map((note) => (
          <li key={`${note.atMs}/${note.bayId}/${note.what}/${note.netMg}`} data-what={note.what}>
            <span>{shortMoment(note.atMs, language, timeZone)}</span>
            <span>
              {note.bayId} · {dishOf(note)}
            </span>
            <strong>{t('common.grams', { grams: gramsText(Math.abs(note.netMg)) })}</strong>
            <span>{t(`bays.office.notSold.what.${note.what}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
