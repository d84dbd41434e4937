import { CodeField } from '../ui/code-field.tsx'
import { Setting } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

export function ClaimSettings({ project, action }: SettingsProps) {
  const { claimMappings } = project.settings
  return (
    <SettingsForm
      id="claims"
      title="Custom claims"
      description="What your server knows of a user, in their access and ID tokens."
      action={action}
      footer="Read anew at each code and each refresh."
    >
      <Setting name="claimMappings">
        <CodeField
          label="Claims and the attributes they come from"
          name="claimMappings"
          rows={3}
          placeholder={'https://example.com/plan = plan'}
          defaultValue={claimMappings.map(({ claim, from }) => `${claim} = ${from}`).join('\n')}
          hint="One per line: a URI of yours, an equals sign, the name of an attribute. Attributes come with a sign-in at your own page, or from the command line. A value of more than 1 KB is left out."
        />
      </Setting>
    </SettingsForm>
  )
}
