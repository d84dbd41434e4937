import { SettingSwitch } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

const GRANTS = [
  {
    name: 'clientCredentials',
    label: 'Client credentials',
    hint: 'Clients with a secret or a key may get tokens on their own behalf, without a user.',
  },
  {
    name: 'tokenExchange',
    label: 'Token exchange',
    hint: 'Whoever holds the server secret may mint tokens for any user. Off, if your backend does not need that.',
  },
  {
    name: 'deviceGrant',
    label: 'Device authorization',
    hint: 'For devices without a browser: people type a short code on another one. Somebody may be talked into typing a stranger’s code, so keep it off unless you need it.',
  },
  {
    name: 'enterpriseAuthorization',
    label: 'Enterprise-managed authorization',
    hint: 'A company’s identity provider signs for its people, who are then not asked. Only providers under Trusted issuers count.',
  },
  {
    name: 'workloadIdentity',
    label: 'Workload identity',
    hint: 'Programs in a cloud or a pipeline use the token they already have. Only issuers under Trusted issuers count, each within its rules.',
  },
] as const

export function GrantSettings({ project, action }: SettingsProps) {
  return (
    <SettingsForm id="grants" title="Ways to get a token" description="Besides a person who signs in and allows it." action={action}>
      {GRANTS.map(({ name, label, hint }) => (
        <SettingSwitch key={name} label={label} name={name} settings={project.settings} hint={hint} />
      ))}
    </SettingsForm>
  )
}
