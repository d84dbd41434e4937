import { TextField } from '../ui/field.tsx'
import { Setting } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

const PAGE = { type: 'url', inputMode: 'url', spellCheck: false, maxLength: 2048, optional: true } as const

export function BrandSettings({ project, action }: SettingsProps) {
  const { accentColor, supportUrl, policyUrl, termsUrl } = project.settings
  return (
    <SettingsForm
      id="branding"
      title="Branding"
      description="How the pages and mails look that people see when they sign in and decide."
      action={action}
      footer="Pages also speak German, French, Spanish, Japanese and Brazilian Portuguese, as the browser asks."
    >
      <Setting name="accentColor">
        <TextField
          label="Colour"
          name="accentColor"
          optional
          spellCheck={false}
          autoComplete="off"
          maxLength={7}
          placeholder="#2563eb"
          defaultValue={accentColor ?? ''}
          className="font-mono"
          hint="Of the main button. Where it would be hard to see or read, pages take a darker or lighter one."
        />
      </Setting>
      <Setting name="supportUrl">
        <TextField {...PAGE} label="Help" name="supportUrl" placeholder="https://example.com/help" defaultValue={supportUrl ?? ''} />
      </Setting>
      <Setting name="policyUrl">
        <TextField
          {...PAGE}
          label="Privacy policy"
          name="policyUrl"
          placeholder="https://example.com/privacy"
          defaultValue={policyUrl ?? ''}
        />
      </Setting>
      <Setting name="termsUrl">
        <TextField
          {...PAGE}
          label="Terms of service"
          name="termsUrl"
          placeholder="https://example.com/terms"
          defaultValue={termsUrl ?? ''}
        />
      </Setting>
    </SettingsForm>
  )
}
