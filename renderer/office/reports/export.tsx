import { Alert, Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { REPORT_FORMATS, type ReportFormat } from '../../../shared/contract/reports.ts'
import { codeOf } from '../../stores/office.ts'

export type ExportState =
  | { readonly kind: 'none' }
  | { readonly kind: 'writing'; readonly format: ReportFormat }
  | { readonly kind: 'written'; readonly path: string }
  | { readonly kind: 'failed'; readonly reason: 'NO_PRINTER' | 'CANNOT_WRITE' | 'other' }

/** How far a file is, and what a request for one has to tell. */
export function useExportState() {
  const [state, setState] = useState<ExportState>({ kind: 'none' })
  return {
    state,
    telling: {
      onMutate: ({ format }: { readonly format: ReportFormat }) => setState({ kind: 'writing', format }),
      onSuccess: ({ path }: { readonly path: string }) => setState({ kind: 'written', path }),
      onError: (error: Error) => setState({ kind: 'failed', reason: reasonOf(error) }),
    },
  }
}

function reasonOf(error: Error): 'NO_PRINTER' | 'CANNOT_WRITE' | 'other' {
  const code = codeOf(error)
  return code === 'NO_PRINTER' || code === 'CANNOT_WRITE' ? code : 'other'
}

interface ExportButtonsProps {
  readonly state: ExportState
  /** False while there is nothing to write yet. */
  readonly ready: boolean
  readonly onExport: (format: ReportFormat) => void
}

/** A key for each kind of file. */
export function ExportButtons({ state, ready, onExport }: ExportButtonsProps) {
  const { t } = useTranslation()
  return (
    <Space aria-label={t('reports.export')} role="group">
      {REPORT_FORMATS.map((format) => (
        <Button
          key={format}
          size="large"
          data-export={format}
          type={format === 'pdf' ? 'primary' : 'default'}
          loading={state.kind === 'writing' && state.format === format}
          disabled={!ready || state.kind === 'writing'}
          onClick={() => onExport(format)}
        >
          {format === 'xlsx' ? 'Excel' : format.toUpperCase()}
        </Button>
      ))}
    </Space>
  )
}

/** What became of the file. */
export function ExportNotice({ state }: { readonly state: ExportState }) {
  const { t } = useTranslation()
  switch (state.kind) {
    case 'none':
      return null
    case 'writing':
      return <Alert type="info" showIcon title={t('reports.exporting')} />
    case 'written':
      return (
        <Alert
          type="success"
          showIcon
          data-exported={state.path}
          title={t('reports.exported', { path: state.path })}
        />
      )
    case 'failed':
      return <Alert type="error" showIcon title={t(`reports.exportFailed.${state.reason}`)} />
  }
}
