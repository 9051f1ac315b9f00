import { Button, Card, Input, Select } from 'antd'
import { FileUp } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { KnownPack } from '../../../shared/contract/policy.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { Field } from '../shell/field.tsx'

interface PackChoiceProps {
  readonly packs: readonly KnownPack[]
  readonly language: Language
  readonly text: string
  readonly onText: (text: string) => void
}

const nameOf = ({ id, version }: KnownPack): string => `${id}/${version}`

/** The draft: begun with a pack there is, chosen as a file, or pasted. */
export function PackChoice({ packs, language, text, onText }: PackChoiceProps) {
  const { t } = useTranslation()
  const file = useRef<HTMLInputElement>(null)
  const chosen = packs.find((pack) => pack.text === text)
  return (
    <Card size="small" className="policy-draft" title={t('policy.draft.title')}>
      <Field label={t('policy.draft.begin')}>
        <Select
          size="large"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('policy.draft.own')}
          value={chosen === undefined ? null : nameOf(chosen)}
          onChange={(name) => onText(packs.find((pack) => nameOf(pack) === name)?.text ?? text)}
          options={packs.map((pack) => ({
            value: nameOf(pack),
            label: `${inWords(pack.title, language)} · ${t('policy.draft.version', { version: pack.version })}`,
          }))}
        />
      </Field>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={(event) => {
          void event.target.files?.[0]?.text().then(onText)
          event.target.value = ''
        }}
      />
      <Button size="large" icon={<FileUp aria-hidden size={20} />} onClick={() => file.current?.click()}>
        {t('policy.draft.file')}
      </Button>
      <Field label={t('policy.draft.text')}>
        <Input.TextArea
          className="policy-text"
          spellCheck={false}
          rows={14}
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      </Field>
    </Card>
  )
}
