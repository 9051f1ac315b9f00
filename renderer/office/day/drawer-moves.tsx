import { Alert, Button, Input, Modal, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { uuidv7 } from 'uuidv7'
import { codeOf, queries, station, stationNow } from '../../stores/office.ts'
import { yuanText } from '../../ui/format.ts'
import { MoneyField } from '../../ui/money-field.tsx'
import { dataOf, useProblemWords } from '../shell/problem-words.ts'
import { useApproval } from '../shell/use-approval.tsx'
import { useNotice } from '../shell/use-notice.tsx'

type Direction = 'in' | 'out'

/** Change put into the drawer, cash taken out of it: with a manager's word, and on the book. */
export function DrawerMoves() {
  const { t } = useTranslation()
  const [direction, setDirection] = useState<Direction | null>(null)
  return (
    <>
      <Space>
        {(['in', 'out'] as const).map((way) => (
          <Button key={way} data-drawer={way} onClick={() => setDirection(way)}>
            {t(`day.move.${way}`)}
          </Button>
        ))}
      </Space>
      {direction !== null && <MoveDialog direction={direction} onClose={() => setDirection(null)} />}
    </>
  )
}

function MoveDialog({ direction, onClose }: { readonly direction: Direction; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const notice = useNotice()
  const approval = useApproval()
  /** Made once for this dialog: pressing twice, or again after a lost answer, moves once. */
  const [moveId] = useState(uuidv7)
  const [amountFen, setAmountFen] = useState<number | null>(null)
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const title = t(`day.move.${direction}`)
  const move = async (sizeFen: number) => {
    setProblem(null)
    const signed = direction === 'in' ? sizeFen : -sizeFen
    const outcome = await approval.ask(`${title} ${yuanText(sizeFen)}`, async (given) => {
      const { expectedFen } = await stationNow.day.moveDrawer({
        moveId,
        amountFen: signed,
        note: note.trim(),
        approval: given,
      })
      notice.done(t('day.move.done', { amount: yuanText(expectedFen) }))
    })
    if (outcome.kind === 'done') {
      await queries.invalidateQueries({ queryKey: station.day.state.key() })
      onClose()
    }
    if (outcome.kind !== 'refused') return
    const { error } = outcome
    const tooMuch = codeOf(error) === 'NOT_THAT_MUCH'
    setProblem(
      tooMuch
        ? t('day.move.tooMuch', { amount: yuanText(Number(dataOf(error)['expectedFen'])) })
        : words(error),
    )
  }
  return (
    <Modal
      open
      centered
      title={title}
      onCancel={onClose}
      okText={title}
      okButtonProps={{ size: 'large', disabled: amountFen === null || amountFen === 0 }}
      cancelButtonProps={{ size: 'large' }}
      onOk={() => {
        if (amountFen !== null) void move(amountFen)
      }}
      data-dialog="drawer-move"
    >
      <MoneyField name="move" label={t('day.move.amount')} onChange={setAmountFen} />
      <label className="field">
        <span>{t('day.move.note')}</span>
        <Input size="large" maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      {problem !== null && <Alert type="error" showIcon title={problem} data-problem />}
      {approval.dialog}
    </Modal>
  )
}
