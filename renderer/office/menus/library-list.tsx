import { Button, Empty, Input, Switch, type InputRef } from 'antd'
import { Check, Pencil, Plus, Search } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryDish } from '../../../shared/contract/menus.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { DishArt } from '../../ui/art/dish-art.tsx'
import { useSlashFocus } from '../shell/use-slash-focus.ts'
import { usePriceWords } from './price-words.ts'

interface LibraryListProps {
  readonly library: readonly LibraryDish[]
  readonly onMenu: readonly string[]
  readonly language: Language
  readonly mayEdit: boolean
  readonly onAdd: (dishId: string) => void
  readonly onEdit: (dish: LibraryDish) => void
}

/** All dishes of the house; one touch puts one on the menu at the right. */
export function LibraryList({ library, onMenu, language, mayEdit, onAdd, onEdit }: LibraryListProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [withRetired, setWithRetired] = useState(false)
  const search = useRef<InputRef>(null)
  useSlashFocus(search)
  const wanted = text.trim().toLowerCase()
  const found = library.filter(
    ({ name, retired }) =>
      (withRetired || !retired) && `${name.zh} ${name.en.toLowerCase()}`.includes(wanted),
  )
  const free = found.filter(
    ({ dishId, pricing, retired }) => pricing !== null && !retired && !onMenu.includes(dishId),
  )
  const [only] = free
  return (
    <section className="sheet library">
      <div className="library-head">
        <Input
          ref={search}
          allowClear
          prefix={<Search aria-hidden="true" />}
          suffix={text === '' ? <kbd className="slash-key">/</kbd> : null}
          placeholder={t('menus.search')}
          aria-label={t('menus.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={() => {
            if (free.length === 1 && only !== undefined) {
              onAdd(only.dishId)
              setText('')
            }
          }}
        />
        {mayEdit && (
          <label className="library-retired">
            <Switch checked={withRetired} onChange={setWithRetired} />
            {t('menus.withRetired')}
          </label>
        )}
      </div>
      <ul className="library-list">
        {found.map((dish) => (
          <LibraryRow
            key={dish.dishId}
            {...{ dish, language, mayEdit, onAdd, onEdit }}
            chosen={onMenu.includes(dish.dishId)}
          />
        ))}
        {found.length === 0 && (
          <Empty
            image={null}
            description={t(library.length === 0 ? 'menus.libraryEmpty' : 'menus.nothingFound')}
          />
        )}
      </ul>
    </section>
  )
}

interface LibraryRowProps extends Pick<LibraryListProps, 'language' | 'mayEdit' | 'onAdd' | 'onEdit'> {
  readonly dish: LibraryDish
  readonly chosen: boolean
}

function LibraryRow({ dish, chosen, language, mayEdit, onAdd, onEdit }: LibraryRowProps) {
  const { t } = useTranslation()
  const { price, announced } = usePriceWords()
  const name = inWords(dish.name, language)
  const coming = announced(dish)
  return (
    <li className="dish-row" data-library={dish.dishId}>
      <DishArt name={dish.name} tags={dish.tags} />
      <span className="dish-row-words">
        <strong>{name}</strong>
        <span>{dish.retired ? t('menus.retired') : price(dish.pricing)}</span>
        {coming !== null && <span className="dish-row-coming">{coming}</span>}
      </span>
      {mayEdit && (
        <Button
          type="text"
          icon={<Pencil aria-hidden="true" />}
          aria-label={t('menus.edit', { name })}
          data-action="edit"
          onClick={() => onEdit(dish)}
        />
      )}
      {chosen ? (
        <span className="dish-row-chosen">
          <Check aria-hidden="true" />
          {t('menus.onMenu')}
        </span>
      ) : (
        <Button
          icon={<Plus aria-hidden="true" />}
          disabled={dish.pricing === null || dish.retired}
          aria-label={t('menus.addNamed', { name })}
          data-action="add"
          onClick={() => onAdd(dish.dishId)}
        >
          {t('menus.add')}
        </Button>
      )}
    </li>
  )
}
