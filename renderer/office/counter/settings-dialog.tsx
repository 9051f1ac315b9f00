import { Volume1, Volume2, VolumeX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../i18n/language.ts'
import { VOLUMES, type Settings } from '../../stores/settings.ts'
import { Dialog } from '../../ui/dialog.tsx'

interface SettingsDialogProps {
  readonly settings: Settings
  readonly problem: string | null
  readonly onChange: (change: Partial<Settings>) => void
  readonly onClose: () => void
}

/** Languages of both screens, and how loud the counter speaks. Each change holds at once. */
export function SettingsDialog({ settings, problem, onChange, onClose }: SettingsDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog name="settings" title={t('office.settings.title')} onClose={onClose}>
      <LanguageChoice
        label={t('office.settings.officeLanguage')}
        chosen={settings.officeLanguage}
        onChoose={(officeLanguage) => onChange({ officeLanguage })}
      />
      <LanguageChoice
        label={t('office.settings.counterLanguage')}
        chosen={settings.counterLanguage}
        onChoose={(counterLanguage) => onChange({ counterLanguage })}
      />
      <VolumeChoice volume={settings.volume} onChoose={(volume) => onChange({ volume })} />
      <BayVoiceChoice speak={settings.baysSpeak} onChoose={(baysSpeak) => onChange({ baysSpeak })} />
      {problem !== null && <p className="why-proof">{t('office.settings.problem', { problem })}</p>}
      <div className="dialog-buttons">
        <button type="button" className="key key-plain" data-key="close" onClick={onClose}>
          {t('office.settings.close')}
        </button>
      </div>
    </Dialog>
  )
}

interface LanguageChoiceProps {
  readonly label: string
  readonly chosen: Language
  readonly onChoose: (language: Language) => void
}

function LanguageChoice({ label, chosen, onChoose }: LanguageChoiceProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          className="key key-plain"
          aria-pressed={language === chosen}
          data-language={language}
          onClick={() => onChoose(language)}
        >
          {t(`office.settings.${language === 'zh-CN' ? 'zh' : 'en'}`)}
        </button>
      ))}
    </fieldset>
  )
}

interface BayVoiceChoiceProps {
  readonly speak: boolean
  readonly onChoose: (speak: boolean) => void
}

function BayVoiceChoice({ speak, onChoose }: BayVoiceChoiceProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="choice">
      <legend>{t('office.settings.baysSpeak')}</legend>
      {[false, true].map((choice) => (
        <button
          key={String(choice)}
          type="button"
          className="key key-plain"
          aria-pressed={choice === speak}
          data-bays-speak={choice}
          onClick={() => onChoose(choice)}
        >
          {t(`office.settings.${choice ? 'speaking' : 'silent'}`)}
        </button>
      ))}
    </fieldset>
  )
}

interface VolumeChoiceProps {
  readonly volume: number
  readonly onChoose: (volume: number) => void
}

function VolumeChoice({ volume, onChoose }: VolumeChoiceProps) {
  const { t } = useTranslation()
  const loudest = VOLUMES.length - 1
  return (
    <fieldset className="choice">
      <legend>{t('office.settings.volume')}</legend>
      <button
        type="button"
        className="key key-plain"
        aria-label={t('office.settings.quieter')}
        disabled={volume === 0}
        onClick={() => onChoose(volume - 1)}
      >
        <Volume1 aria-hidden="true" />
      </button>
      <output className="volume">
        {volume === 0 ? (
          <>
            <VolumeX aria-hidden="true" /> {t('office.settings.silent')}
          </>
        ) : (
          `${volume} / ${loudest}`
        )}
      </output>
      <button
        type="button"
        className="key key-plain"
        aria-label={t('office.settings.louder')}
        disabled={volume === loudest}
        onClick={() => onChoose(volume + 1)}
      >
        <Volume2 aria-hidden="true" />
      </button>
    </fieldset>
  )
}
