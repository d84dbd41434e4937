import { DaysField } from './days-field.tsx'
import { Setting } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

export function RetentionSettings({ project, action }: SettingsProps) {
  return (
    <SettingsForm
      id="retention"
      title="Audit log"
      description="Who did what and when, of members, clients and users. Rows can be exported, and changed or deleted by nobody; only age removes them."
      action={action}
      footer="Rows that are too old go within a day. That cannot be undone."
    >
      <Setting name="auditRetentionDays">
        <DaysField
          label="Rows are kept for"
          name="auditRetentionDays"
          presets={[30, 90, 365]}
          now={project.settings.auditRetentionDays}
          never="For ever"
          hint="Longer: an incident can be followed back further, and the database grows. Shorter: less about people is kept."
        />
      </Setting>
    </SettingsForm>
  )
}
