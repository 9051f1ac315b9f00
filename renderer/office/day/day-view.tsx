import { Alert, Button, Card, Input, Table } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DayClose, DayState, DrawerReckoning } from '../../../shared/contract/day.ts'
import { yuanText } from '../../ui/format.ts'
import { MoneyField } from '../../ui/money-field.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import { DrawerCount } from './drawer-count.tsx'

/** What the manager has counted and written, ready to be sent. */
export interface CountedDay {
  readonly countedFen: number
  readonly floatFen: number
  readonly explanation: string
}

interface DayViewProps {
  readonly state: DayState
  /** The close that was just made. */
  readonly done: DayClose | null
  readonly problem: string | null
  readonly busy: boolean
  readonly onClose: (counted: CountedDay) => void
  readonly onReceipt: (closedDate: string) => void
  /** Putting change in and taking cash out; beside the reckoning. */
  readonly drawerMoves: ReactNode
}

/** Count, compare, lock: the day's end on one page. */
export function DayView(props: DayViewProps) {
  const { t } = useTranslation()
  const { state, done, problem } = props
  return (
    <PageFrame title={t('day.title')} lead={t('day.lead')}>
      <p className="day-meals" data-business-date={state.businessDate}>
        {t('day.openDate', { date: state.businessDate })} · {t('day.meals')}{' '}
        <strong>{t('day.mealsUnit', { count: state.mealsToday })}</strong>
      </p>
      {done !== null && <Done close={done} next={state.businessDate} onReceipt={props.onReceipt} />}
      {problem !== null && <Alert type="error" showIcon title={problem} data-problem />}
      {state.hindrance !== null && (
        <Alert
          type={state.hindrance === 'nothing-sold' ? 'info' : 'warning'}
          showIcon
          title={t(`day.hindrance.${state.hindrance}`)}
          data-hindrance={state.hindrance}
        />
      )}
      {state.openTrays.trays > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('day.openTrays', {
            count: state.openTrays.trays,
            amount: yuanText(state.openTrays.totalFen),
          })}
          data-open-trays={state.openTrays.trays}
        />
      )}
      <div className="day-columns">
        <Card size="small" title={t('day.drawer.title')} extra={props.drawerMoves}>
          <Reckoning drawer={state.drawer} />
        </Card>
        {state.hindrance === 'closed-already' || state.hindrance === 'nothing-sold' ? null : (
          <Card size="small" title={t('day.toClose', { date: state.toClose })}>
            <Count {...props} key={state.toClose} />
          </Card>
        )}
      </div>
      <Closes closes={state.closes} onReceipt={props.onReceipt} />
    </PageFrame>
  )
}

const PARTS = ['floatFen', 'salesFen', 'topUpsFen', 'depositsFen', 'movedFen', 'givenBackFen'] as const
const WORD_OF = {
  floatFen: 'float',
  salesFen: 'sales',
  topUpsFen: 'topUps',
  depositsFen: 'deposits',
  movedFen: 'moved',
  givenBackFen: 'givenBack',
} as const

function Reckoning({ drawer }: { readonly drawer: DrawerReckoning }) {
  const { t } = useTranslation()
  return (
    <dl className="reckoning-list">
      {PARTS.map((part) => (
        <div key={part}>
          <dt>{t(`day.drawer.${WORD_OF[part]}`)}</dt>
          <dd>{yuanText(part === 'givenBackFen' ? -drawer[part] : drawer[part])}</dd>
        </div>
      ))}
      <div className="reckoning-sum">
        <dt>{t('day.drawer.expected')}</dt>
        <dd data-expected={drawer.expectedFen}>{yuanText(drawer.expectedFen)}</dd>
      </div>
    </dl>
  )
}

function Count({ state, busy, onClose }: DayViewProps) {
  const { t } = useTranslation()
  const [counted, setCounted] = useState<number | null>(null)
  const [floatFen, setFloat] = useState<number | null>(null)
  const [explanation, setExplanation] = useState('')
  const differenceFen = counted === null ? 0 : counted - state.drawer.expectedFen
  const leftFen = floatFen ?? 0
  const tooMuch = counted !== null && leftFen > counted
  const needsWord = differenceFen !== 0 && explanation.trim() === ''
  const ready = counted !== null && !tooMuch && !needsWord && state.hindrance === null
  return (
    <div className="drawer-body">
      <DrawerCount countedFen={counted} onCounted={setCounted} />
      {counted !== null && <Difference fen={differenceFen} />}
      {differenceFen !== 0 && (
        <label className="field">
          <span>{t('day.count.explanation')}</span>
          <Input
            size="large"
            maxLength={200}
            value={explanation}
            placeholder={t('day.count.explanationHint')}
            data-field="explanation"
            onChange={(event) => setExplanation(event.target.value)}
          />
        </label>
      )}
      <MoneyField name="float" onChange={setFloat} label={t('day.count.float')} />
      {tooMuch && <Alert type="error" showIcon title={t('day.count.floatTooLarge')} />}
      {counted !== null && !tooMuch && (
        <p className="to-safe">{t('day.count.toSafe', { amount: yuanText(counted - leftFen) })}</p>
      )}
      <Button
        type="primary"
        size="large"
        block
        className="main-key"
        data-action="close-day"
        disabled={!ready}
        loading={busy}
        onClick={() => {
          if (counted !== null) onClose({ countedFen: counted, floatFen: leftFen, explanation })
        }}
      >
        {t('day.close')}
      </Button>
    </div>
  )
}

function Difference({ fen }: { readonly fen: number }) {
  const { t } = useTranslation()
  if (fen === 0) return <Alert type="success" showIcon title={t('day.count.same')} data-difference="0" />
  const amount = yuanText(Math.abs(fen))
  return (
    <Alert
      type="warning"
      showIcon
      data-difference={fen}
      title={fen > 0 ? t('day.count.more', { amount }) : t('day.count.less', { amount })}
    />
  )
}

interface DoneProps {
  readonly close: DayClose
  readonly next: string
  readonly onReceipt: (closedDate: string) => void
}

const HASH_SHOWN = 12

function Done({ close, next, onReceipt }: DoneProps) {
  const { t } = useTranslation()
  const { closedDate, closedByName, headSeq, headHash } = close
  const words = { name: closedByName, seq: headSeq, hash: headHash.slice(0, HASH_SHOWN) }
  return (
    <Alert
      type="success"
      showIcon
      data-closed={closedDate}
      title={t('day.done.title', { date: closedDate })}
      description={`${t('day.done.words', words)} ${t('day.done.next', { date: next })}`}
      action={
        <Button size="large" onClick={() => onReceipt(closedDate)}>
          {t('day.done.receipt')}
        </Button>
      }
    />
  )
}

function Closes({
  closes,
  onReceipt,
}: {
  readonly closes: readonly DayClose[]
  readonly onReceipt: (closedDate: string) => void
}) {
  const { t } = useTranslation()
  return (
    <section className="report-table" data-table="closes">
      <h3>{t('day.closes.title')}</h3>
      <Table
        size="small"
        rowKey="closedDate"
        pagination={false}
        locale={{ emptyText: t('day.closes.empty') }}
        dataSource={[...closes]}
        columns={[
          { title: t('day.closes.date'), dataIndex: 'closedDate' },
          { title: t('day.closes.by'), dataIndex: 'closedByName' },
          {
            title: t('day.closes.counted'),
            align: 'right',
            render: (_, { countedFen }) => yuanText(countedFen),
          },
          {
            title: t('day.closes.difference'),
            align: 'right',
            render: (_, { differenceFen }) => yuanText(differenceFen),
          },
          { title: t('day.closes.explanation'), dataIndex: 'explanation' },
          {
            title: t('day.closes.hash'),
            render: (_, { headHash }) => <code>{headHash.slice(0, HASH_SHOWN)}</code>,
          },
          {
            title: '',
            align: 'right',
            render: (_, { closedDate }) => (
              <Button onClick={() => onReceipt(closedDate)}>{t('day.done.receipt')}</Button>
            ),
          },
        ]}
      />
    </section>
  )
}
