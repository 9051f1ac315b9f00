import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Input, Table, type InputRef, type TableColumnsType } from 'antd'
import { CreditCard, Search, TriangleAlert } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberFound } from '../../../shared/contract/members.ts'
import { station } from '../../stores/office.ts'
import { goTo } from '../../stores/place.ts'
import { yuanText } from '../../ui/format.ts'
import { Asked } from '../shell/asked.tsx'
import { useHeight } from '../shell/use-height.ts'
import { useSlashFocus } from '../shell/use-slash-focus.ts'
import { memberHash } from './member-hash.ts'
import { TapDialog } from './tap-dialog.tsx'

const SHOWN = 100
const HEAD_PX = 44

/** Finds a senior by name, initials, phone or card; arrows and Enter do what a finger does. */
export function MemberSearch({ memberId }: { readonly memberId: string | null }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [waiting, setWaiting] = useState(false)
  const asked = useDeferredValue(text.trim())
  const field = useRef<InputRef>(null)
  useSlashFocus(field)
  useEffect(() => field.current?.focus(), [])
  const query = useQuery(
    station.members.search.queryOptions({
      input: { text: asked, limit: SHOWN },
      placeholderData: keepPreviousData,
    }),
  )
  const found = query.data?.found ?? []
  const step = (by: number) => {
    const at = found.findIndex((member) => member.memberId === memberId)
    const next = found[at === -1 ? 0 : Math.min(found.length - 1, Math.max(0, at + by))]
    if (next !== undefined) goTo(memberHash(next.memberId))
  }
  const byKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp' && event.key !== 'Enter') return
    event.preventDefault()
    if (event.key === 'Enter') {
      const [first] = found
      if (first !== undefined) goTo(memberHash(first.memberId))
    } else step(event.key === 'ArrowDown' ? 1 : -1)
  }
  return (
    <section className="sheet found">
      <div className="found-head">
        <Input
          ref={field}
          allowClear
          size="large"
          maxLength={40}
          prefix={<Search aria-hidden="true" />}
          suffix={text === '' ? <kbd className="slash-key">/</kbd> : null}
          placeholder={t('members.search')}
          aria-label={t('members.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={byKey}
        />
        <Button
          size="large"
          icon={<CreditCard aria-hidden="true" />}
          data-action="find-by-card"
          onClick={() => setWaiting(true)}
        >
          {t('members.byCard')}
        </Button>
      </div>
      <Asked query={query}>
        {({ total }) => (
          <>
            <FoundTable found={found} memberId={memberId} text={asked} />
            <p className="found-total">
              {total > found.length
                ? t('members.moreFound', { total, shown: found.length })
                : t('members.total', { count: total })}
            </p>
          </>
        )}
      </Asked>
      {waiting && (
        <TapDialog
          title={t('members.tap.findTitle')}
          onClose={() => setWaiting(false)}
          onCard={({ member }) => {
            if (member === null) return Promise.resolve(t('members.tap.unknown'))
            setWaiting(false)
            goTo(memberHash(member.memberId))
            return Promise.resolve(null)
          }}
        />
      )}
    </section>
  )
}

interface FoundTableProps {
  readonly found: readonly MemberFound[]
  readonly memberId: string | null
  readonly text: string
}

function FoundTable({ found, memberId, text }: FoundTableProps) {
  const { t } = useTranslation()
  const [room, height] = useHeight()
  const columns: TableColumnsType<MemberFound> = [
    {
      key: 'name',
      title: t('members.columns.name'),
      render: (_, member) => (
        <span className="found-who">
          <strong>{member.fullName}</strong>
          <span>
            {t('members.age', { count: member.age })}
            {member.phoneMasked === null ? '' : ` · ${member.phoneMasked}`}
          </span>
        </span>
      ),
    },
    {
      key: 'balance',
      title: t('members.columns.balance'),
      align: 'right',
      width: 140,
      render: (_, member) => (
        <span className="found-balance">
          {yuanText(member.balanceFen)}
          <CardWord member={member} />
        </span>
      ),
    },
  ]
  return (
    <div className="found-table" ref={room}>
      <Table<MemberFound>
        virtual
        size="small"
        rowKey="memberId"
        pagination={false}
        dataSource={[...found]}
        columns={columns}
        scroll={{ y: Math.max(120, height - HEAD_PX) }}
        locale={{ emptyText: t(text === '' ? 'members.none' : 'members.notFound') }}
        rowClassName={(member) => (member.memberId === memberId ? 'found-chosen' : 'found-row')}
        onRow={(member) => ({
          onClick: () => goTo(memberHash(member.memberId)),
        })}
      />
    </div>
  )
}

/** What is out of the ordinary about her cards; nothing when she has one that works. */
function CardWord({ member }: { readonly member: MemberFound }) {
  const { t } = useTranslation()
  if (member.cards.some(({ state }) => state === 'valid')) return null
  const isLost = member.cards.some(({ state }) => state === 'lost')
  return (
    <span className="found-card">
      <TriangleAlert aria-hidden="true" />
      {t(isLost ? 'members.cardLost' : 'members.noCard')}
    </span>
  )
}
