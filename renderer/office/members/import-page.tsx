import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Progress } from 'antd'
import { ArrowLeft, Download, FileUp } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { LARGEST_IMPORT_BYTES, type ImportView } from '../../../shared/contract/member-import.ts'
import { station } from '../../stores/office.ts'
import { goTo, officeHash } from '../../stores/place.ts'
import { Sign } from '../../ui/sign.tsx'
import { Asked } from '../shell/asked.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import { useNotice } from '../shell/use-notice.tsx'
import { ImportChecked } from './import-checked.tsx'
import './import.css'

/** A list of seniors from a spreadsheet: chosen, looked at, taken in. */
export function ImportPage() {
  const { t } = useTranslation()
  const view = useQuery(station.memberImport.watch.experimental_liveOptions({}))
  return (
    <PageFrame
      title={t('memberImport.title')}
      lead={t('memberImport.lead')}
      actions={
        <Button
          size="large"
          icon={<ArrowLeft aria-hidden="true" />}
          data-action="back"
          onClick={() => goTo(officeHash('members'))}
        >
          {t('memberImport.back')}
        </Button>
      }
    >
      <div className="import">
        <Asked query={view}>{(now) => <Phase now={now} />}</Asked>
      </div>
    </PageFrame>
  )
}

function Phase({ now }: { readonly now: ImportView }) {
  const { t } = useTranslation()
  switch (now.phase) {
    case 'idle':
      return <ChooseFile />
    case 'cut-off':
      return (
        <>
          <Alert type="warning" showIcon title={t('memberImport.cutOff')} />
          <ChooseFile />
        </>
      )
    case 'refused':
      return (
        <>
          <Alert
            type="error"
            showIcon
            data-refused={now.why}
            title={t('memberImport.notRead', { file: now.fileName })}
            description={t(`memberImport.file.${now.why}`)}
          />
          <ChooseFile />
        </>
      )
    case 'reading':
      return (
        <Going
          words={t('memberImport.reading', { file: now.fileName })}
          done={now.checked}
          total={now.total}
        />
      )
    case 'checked':
      return <ImportChecked preview={now.preview} />
    case 'running':
      return <Going words={t('memberImport.running')} done={now.done} total={now.total} />
    case 'done':
      return <Done members={now.members} leftOut={now.leftOut} />
  }
}

/** The file, or a template to fill in. */
function ChooseFile() {
  const { t } = useTranslation()
  const { refused, told, done } = useNotice()
  const input = useRef<HTMLInputElement>(null)
  const read = useMutation(station.memberImport.read.mutationOptions({ onError: refused }))
  const template = useMutation(
    station.memberImport.template.mutationOptions({
      onSuccess: ({ path }) => done(t('memberImport.templateAt', { path })),
      onError: refused,
    }),
  )
  const choose = async (file: File) => {
    if (file.size > LARGEST_IMPORT_BYTES) told(t('memberImport.file.too-large'))
    else read.mutate({ fileName: file.name.slice(-200), base64: await base64Of(file) })
  }
  return (
    <section className="sheet import-choose">
      <ol className="import-steps">
        <li>{t('memberImport.step.list')}</li>
        <li>{t('memberImport.step.look')}</li>
        <li>{t('memberImport.step.take')}</li>
      </ol>
      <input
        ref={input}
        type="file"
        accept=".xlsx,.csv,.txt"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file !== undefined) void choose(file)
        }}
      />
      <div className="import-keys">
        <Button
          type="primary"
          size="large"
          icon={<FileUp aria-hidden="true" />}
          data-action="choose-file"
          loading={read.isPending}
          onClick={() => input.current?.click()}
        >
          {t('memberImport.choose')}
        </Button>
        <Button
          size="large"
          icon={<Download aria-hidden="true" />}
          data-action="template"
          loading={template.isPending}
          onClick={() => template.mutate(undefined)}
        >
          {t('memberImport.template')}
        </Button>
      </div>
      <p className="import-note">{t('memberImport.note')}</p>
    </section>
  )
}

/** In pieces: the arguments of one call are limited. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const pieces: string[] = []
  for (let from = 0; from < bytes.length; from += 32_768)
    pieces.push(String.fromCharCode(...bytes.subarray(from, from + 32_768)))
  return btoa(pieces.join(''))
}

interface GoingProps {
  readonly words: string
  readonly done: number
  readonly total: number
}

function Going({ words, done, total }: GoingProps) {
  const { t } = useTranslation()
  return (
    <section className="sheet import-going" data-going={done}>
      <h2>{words}</h2>
      <Progress percent={total === 0 ? 0 : Math.floor((done * 100) / total)} status="active" />
      <p>{total === 0 ? t('memberImport.opening') : t('memberImport.progress', { done, total })}</p>
      <p className="import-note">{t('memberImport.goesOn')}</p>
    </section>
  )
}

function Done({ members, leftOut }: { readonly members: number; readonly leftOut: number }) {
  const { t } = useTranslation()
  const close = useMutation(station.memberImport.close.mutationOptions())
  return (
    <section className="sheet import-going" data-done={members}>
      <Sign kind="good" />
      <h2>{t('memberImport.done', { count: members })}</h2>
      {leftOut > 0 && <p>{t('memberImport.leftOut', { count: leftOut })}</p>}
      <Button
        type="primary"
        size="large"
        data-action="see-members"
        onClick={() => {
          close.mutate(undefined)
          goTo(officeHash('members'))
        }}
      >
        {t('memberImport.see')}
      </Button>
    </section>
  )
}
