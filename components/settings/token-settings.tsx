import { RadioField, SelectField, SwitchField } from '../ui/field.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

const LIFETIMES = [
  {
    seconds: 900,
    label: '15 minutes',
    hint: 'A stolen token is soon worthless. Clients refresh four times an hour, and one that refreshes badly shows it.',
  },
  { seconds: 3600, label: '1 hour', hint: 'The default. What most clients are tested with.' },
  {
    seconds: 86_400,
    label: '24 hours',
    hint: 'For clients that lose their refresh token. A stolen token works for up to a day unless your server introspects it.',
  },
]

export function TokenSettings({ project, action }: SettingsProps) {
  const { accessTokenTtlSeconds: ttl, signingAlgorithm, tokenType, offlineAccessRequired } = project.settings
  const own = LIFETIMES.some(({ seconds }) => seconds === ttl)
    ? []
    : [{ seconds: ttl, label: `${ttl / 60} minutes`, hint: 'Set from the command line.' }]
  return (
    <SettingsForm id="tokens" title="Tokens" action={action} footer="Applies to tokens issued from now on.">
      <fieldset className="grid gap-4">
        <legend className="mb-3 font-medium text-[13px]">An access token lives for</legend>
        {[...LIFETIMES, ...own].map(({ seconds, label, hint }) => (
          <RadioField
            key={seconds}
            label={label}
            name="accessTokenTtlSeconds"
            value={seconds}
            defaultChecked={seconds === ttl}
            hint={hint}
          />
        ))}
      </fieldset>
      <SelectField
        label="Signing algorithm"
        name="signingAlgorithm"
        defaultValue={signingAlgorithm}
        hint="RS256 only for servers that cannot verify ES256. After a change, rotate the signing key under Keys & secrets; your server must then accept the new algorithm."
      >
        <option value="ES256">ES256 (default)</option>
        <option value="RS256">RS256</option>
      </SelectField>
      <SelectField
        label="Spelling of the token type"
        name="tokenType"
        defaultValue={tokenType}
        hint="Clients repeat it in the Authorization header. Bearer only for a server that compares it letter by letter."
      >
        <option value="bearer">bearer (default)</option>
        <option value="Bearer">Bearer</option>
      </SelectField>
      <SwitchField
        label="Refresh tokens only on request"
        name="offlineAccessRequired"
        defaultChecked={offlineAccessRequired}
        hint="Only for clients that ask for offline_access. Many never do, and their users then sign in again whenever a token expires."
      />
    </SettingsForm>
  )
}
