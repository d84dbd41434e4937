import { CodeField } from '../ui/code-field.tsx'
import { RadioField } from '../ui/field.tsx'
import { Setting } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

export function DocumentSettings({ project, action }: SettingsProps) {
  const { documentPolicy, documentHosts } = project.settings
  return (
    <SettingsForm
      id="documents"
      title="Client metadata documents"
      description="Claude, ChatGPT, VS Code, Codex and others name themselves by the URL of a document that they publish. Nobody has to register them."
      action={action}
    >
      <Setting name="documentPolicy">
        <fieldset className="grid gap-4">
          <legend className="sr-only">Whose documents are believed</legend>
          <RadioField
            label="Anybody’s"
            name="documentPolicy"
            value="open"
            defaultChecked={documentPolicy === 'open'}
            hint="The default. People see the host of the document when they decide."
          />
          <RadioField
            label="Only those of these hosts"
            name="documentPolicy"
            value="allow-list"
            defaultChecked={documentPolicy === 'allow-list'}
          />
          <RadioField
            label="Nobody’s"
            name="documentPolicy"
            value="deny"
            defaultChecked={documentPolicy === 'deny'}
            hint="The metadata says so too, and clients then try to register."
          />
        </fieldset>
      </Setting>
      <Setting name="documentHosts">
        <CodeField
          label="Hosts"
          name="documentHosts"
          rows={3}
          placeholder={'claude.ai\nchatgpt.com'}
          defaultValue={documentHosts.join('\n')}
          hint="One per line, each exactly as it stands in the URL. They count only when the list is chosen above."
        />
      </Setting>
    </SettingsForm>
  )
}
