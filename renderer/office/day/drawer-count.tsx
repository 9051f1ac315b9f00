import { InputNumber, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { yuanText } from '../../ui/format.ts'
import { MoneyField } from '../../ui/money-field.tsx'
import { countedFen, NOTES_FEN, type NoteCount } from './notes.ts'

interface DrawerCountProps {
  /** In fen; null until something was counted. */
  readonly countedFen: number | null
  readonly onCounted: (countedFen: number | null) => void
}

const MOST_NOTES = 9_999

/** The drawer, note by note or as one sum. */
export function DrawerCount({ countedFen: counted, onCounted }: DrawerCountProps) {
  const { t } = useTranslation()
  const [way, setWay] = useState<'byNotes' | 'total'>('byNotes')
  const [notes, setNotes] = useState<NoteCount>({})
  const change = (note: (typeof NOTES_FEN)[number], count: number) => {
    const next = { ...notes, [note]: count }
    setNotes(next)
    onCounted(countedFen(next))
  }
  return (
    <div className="drawer-count">
      <Segmented
        block
        size="large"
        value={way}
        onChange={setWay}
        options={(['byNotes', 'total'] as const).map((value) => ({ value, label: t(`day.count.${value}`) }))}
      />
      {way === 'total' ? (
        <MoneyField name="counted" onChange={onCounted} label={t('day.count.counted')} />
      ) : (
        <div className="notes">
          {NOTES_FEN.map((note) => (
            <label key={note} className="note">
              <span>{note < 100 ? yuanText(note) : note / 100}</span>
              <InputNumber
                size="large"
                min={0}
                max={MOST_NOTES}
                precision={0}
                value={notes[note] ?? null}
                data-note={note}
                aria-label={t('day.count.sheets', { note: note < 100 ? yuanText(note) : note / 100 })}
                onChange={(count) => change(note, count ?? 0)}
              />
            </label>
          ))}
        </div>
      )}
      {way === 'byNotes' && (
        <p className="counted">
          <span>{t('day.count.counted')}</span>
          <strong data-counted={counted ?? ''}>{counted === null ? '—' : yuanText(counted)}</strong>
        </p>
      )}
    </div>
  )
}
