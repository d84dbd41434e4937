import { Copyable } from '../ui/copyable.tsx'
import { NameField } from '../ui/name-field.tsx'
import { Setting } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

export function GeneralSettings({ project, action }: SettingsProps) {
  return (
    <SettingsForm id="general" title="General" action={action}>
      <Setting name="name">
        <NameField name="name" defaultValue={project.name} hint="People see it when they sign in and decide." />
      </Setting>
      <Setting name="issuers">
        <div className="grid min-w-0 gap-1.5">
          <span className="font-medium text-[13px]">{project.issuers.length > 1 ? 'Issuer URLs' : 'Issuer URL'}</span>
          {project.issuers.map((issuer) => (
            <Copyable key={issuer.url} label="issuer URL" value={issuer.url} />
          ))}
          <p className="text-[13px] text-ink-soft">Fixed for good: every client and every token names it.</p>
        </div>
      </Setting>
    </SettingsForm>
  )
}
