import { useMutation } from '@tanstack/react-query'
import { Button, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ImportPreview, ImportSample } from '../../../shared/contract/member-import.ts'
import type { RowFault } from '../../../shared/domain/members/import-rows.ts'
import { station } from '../../stores/office.ts'
import { yuanText } from '../../ui/format.ts'
import { Sign } from '../../ui/sign.tsx'
import { useNotice } from '../shell/use-notice.tsx'

/** What the list would bring, or what has to be put right in it first. */
export function ImportChecked({ preview }: { readonly preview: ImportPreview }) {
  const { t } = useTranslation()
  const { refused } = useNotice()
  const begin = useMutation(station.memberImport.begin.mutationOptions({ onError: refused }))
  const close = useMutation(station.memberImport.close.mutationOptions({ onError: refused }))
  const { importId, fileName, fresh, cards, openingFen, known, faultCount } = preview
  const good = faultCount === 0
  return (
    <section className="sheet import-checked" data-faults={faultCount}>
      <header className="import-verdict">
        <Sign kind={good ? 'good' : 'stop'} />
        <div>
          <h2>
            {good ? t('memberImport.good', { count: fresh }) : t('memberImport.bad', { count: faultCount })}
          </h2>
          <p>
            {fileName} · {t('memberImport.sums', { fresh, cards, amount: yuanText(openingFen) })}
            {known > 0 && ` · ${t('memberImport.known', { count: known })}`}
          </p>
        </div>
      </header>
      {good ? <Sample sample={preview.sample} /> : <Faults preview={preview} />}
      <div className="import-keys">
        {good && fresh > 0 && (
          <Button
            type="primary"
            size="large"
            data-action="begin"
            loading={begin.isPending}
            onClick={() => begin.mutate({ importId })}
          >
            {t('memberImport.begin', { count: fresh })}
          </Button>
        )}
        <Button size="large" data-action="other-file" onClick={() => close.mutate(undefined)}>
          {t(good ? 'memberImport.notNow' : 'memberImport.again')}
        </Button>
      </div>
    </section>
  )
}

function Faults({ preview: { faults, faultCount } }: { readonly preview: ImportPreview }) {
  const { t } = useTranslation()
  const columns: TableColumnsType<RowFault> = [
    { key: 'row', title: t('memberImport.row'), width: 90, render: (_, { row }) => row },
    {
      key: 'column',
      title: t('memberImport.column'),
      width: 150,
      render: (_, { column }) => t(`memberImport.columns.${column}`),
    },
    { key: 'text', title: t('memberImport.says'), width: 220, render: (_, { text }) => text },
    {
      key: 'what',
      title: t('memberImport.what'),
      render: (_, { code, otherRow }) => t(`memberImport.fault.${code}`, { row: otherRow ?? 0 }),
    },
  ]
  return (
    <>
      <Table<RowFault>
        size="small"
        rowKey={({ row, column, code }) => `${row} ${column} ${code}`}
        pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={[...faults]}
        columns={columns}
      />
      {faultCount > faults.length && (
        <p className="import-note">{t('memberImport.moreFaults', { shown: faults.length })}</p>
      )}
    </>
  )
}

function Sample({ sample }: { readonly sample: readonly ImportSample[] }) {
  const { t } = useTranslation()
  const columns: TableColumnsType<ImportSample> = [
    { title: t('memberImport.row'), dataIndex: 'row', width: 90 },
    { title: t('memberImport.columns.fullName'), dataIndex: 'fullName' },
    { title: t('memberImport.columns.bornOn'), dataIndex: 'bornOn' },
    { title: t('memberImport.columns.idNumber'), dataIndex: 'idNumberMasked' },
    { title: t('memberImport.columns.cardUid'), dataIndex: 'cardUid' },
    {
      title: t('memberImport.columns.openingFen'),
      align: 'right',
      render: (_, { openingFen }) => yuanText(openingFen),
    },
  ]
  return (
    <>
      <p className="import-note">{t('memberImport.sample')}</p>
      <Table<ImportSample>
        size="small"
        rowKey="row"
        pagination={false}
        dataSource={[...sample]}
        columns={columns}
      />
    </>
  )
}
