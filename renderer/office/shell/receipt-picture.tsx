import { Button } from 'antd'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Receipt, ReceiptOf } from '../../../shared/contract/receipts.ts'
import { codeOf, stationNow } from '../../stores/office.ts'
import { useProblemWords } from './problem-words.ts'

interface ReceiptPictureProps {
  readonly receipt: Receipt
  readonly of: ReceiptOf
}

/** A receipt as the paper will look, and the key that prints it. As a picture it can bring nothing of its own to life. */
export function ReceiptPicture({ receipt, of }: ReceiptPictureProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const [printed, setPrinted] = useState<string | null>(null)
  const [printing, setPrinting] = useState(false)
  const print = async () => {
    setPrinting(true)
    try {
      await stationNow.receipts.print({ of })
      setPrinted(t('shell.receipt.printed'))
    } catch (error) {
      setPrinted(codeOf(error) === 'NO_PRINTER' ? t('shell.receipt.noPrinter') : words(error))
    } finally {
      setPrinting(false)
    }
  }
  return (
    <figure className="receipt">
      <img
        className="receipt-picture"
        alt={receipt.title}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(receipt.svg)}`}
      />
      <figcaption>
        <Button
          size="large"
          icon={<Printer aria-hidden="true" />}
          loading={printing}
          data-action="print"
          onClick={() => void print()}
        >
          {t('shell.receipt.print')}
        </Button>
        <span role="status">{printed}</span>
      </figcaption>
    </figure>
  )
}
