import { Button, Space } from 'antd'
import { FileDown, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Receipt, ReceiptOf } from '../../../shared/contract/receipts.ts'
import { codeOf, stationNow } from '../../stores/office.ts'
import { useStation } from '../../stores/station.ts'
import { useProblemWords } from './problem-words.ts'

interface ReceiptPictureProps {
  readonly receipt: Receipt
  readonly of: ReceiptOf
}

/** A receipt as the paper will look, and the keys that print it. As a picture it can bring nothing of its own to life. */
export function ReceiptPicture({ receipt, of }: ReceiptPictureProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const hasPrinter = useStation(({ health }) => health !== null && health.printer !== null)
  const [told, setTold] = useState<string | null>(null)
  const [working, setWorking] = useState(false)
  const doing = async (work: () => Promise<string>) => {
    setWorking(true)
    try {
      setTold(await work())
    } catch (error) {
      setTold(codeOf(error) === 'NO_PRINTER' ? t('shell.receipt.noPrinter') : words(error))
    } finally {
      setWorking(false)
    }
  }
  const print = async () => {
    await stationNow.printing.again({ of })
    return t('shell.receipt.queued')
  }
  const save = async () => {
    await stationNow.receipts.print({ of })
    return t('shell.receipt.printed')
  }
  return (
    <figure className="receipt">
      <img
        className="receipt-picture"
        alt={receipt.title}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(receipt.svg)}`}
      />
      <figcaption>
        <Space wrap>
          {hasPrinter && (
            <Button
              size="large"
              type="primary"
              icon={<Printer aria-hidden="true" />}
              loading={working}
              data-action="print-again"
              onClick={() => void doing(print)}
            >
              {t('shell.receipt.print')}
            </Button>
          )}
          <Button
            size="large"
            icon={<FileDown aria-hidden="true" />}
            loading={working}
            data-action="print"
            onClick={() => void doing(save)}
          >
            {t('shell.receipt.pdf')}
          </Button>
        </Space>
        <span role="status">{told}</span>
      </figcaption>
    </figure>
  )
}
