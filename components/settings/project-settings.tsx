import type { ProjectDetails } from '#lib/management/projects/get.ts'
import { Copyable } from '../ui/copyable.tsx'
import { RadioField, SelectField, SwitchField, TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { SettingsForm } from './settings-form.tsx'

type SettingsProps = { project: ProjectDetails; action: FormAction }

export function GeneralSettings({ project, action }: SettingsProps) {
  return (
    <SettingsForm id="general" title="General" action={action}>
      <TextField
        label="Name"
        name="name"
        required
        maxLength={80}
        autoComplete="off"
        defaultValue={project.name}
        hint="People see it when they sign in and decide."
      />
      <div className="grid min-w-0 gap-1.5">
        <span className="font-medium text-[13px]">{project.issuers.length > 1 ? 'Issuer URLs' : 'Issuer URL'}</span>
        {project.issuers.map((issuer) => (
          <Copyable key={issuer.url} label="issuer URL" value={issuer.url} />
        ))}
        <p className="text-[13px] text-ink-soft">Fixed for good: every client and every token names it.</p>
      </div>
    </SettingsForm>
  )
}

export function RegistrationSettings({ project, action }: SettingsProps) {
  const mode = project.settings.registrationMode
  return (
    <SettingsForm
      id="registration"
      title="Registration"
      description="Who may become a client of this project. Clients that registered themselves are marked unverified wherever people decide about them."
      action={action}
    >
      <fieldset className="grid gap-4">
        <legend className="sr-only">Registration mode</legend>
        <RadioField
          label="Guarded"
          name="registrationMode"
          value="guarded"
          defaultChecked={mode === 'guarded'}
          hint="The default. A registration needs your registration secret. Lets in: your own agents and tools that hold it, and clients you make by hand."
        />
        <RadioField
          label="Open"
          name="registrationMode"
          value="open"
          defaultChecked={mode === 'open'}
          hint="Any MCP client may register itself, within limits per address and per project. Lets in also: Cursor, GitHub Copilot, Gemini CLI, mcp-remote and every other client that registers without a secret."
        />
        <RadioField
          label="Off"
          name="registrationMode"
          value="off"
          defaultChecked={mode === 'off'}
          hint="Nobody registers, and the metadata says so. Lets in: only clients you make by hand. Those that are registered already go on working."
        />
      </fieldset>
    </SettingsForm>
  )
}

export function SignInSettings({ project, action }: SettingsProps) {
  const { signUpOpen, offerAllScopes } = project.settings
  return (
    <SettingsForm id="sign-in" title="Sign-in and consent" action={action}>
      <SwitchField
        label="People can make their own account"
        name="signUpOpen"
        defaultChecked={signUpOpen}
        hint="Off: only users you add can sign in."
      />
      <SwitchField
        label="Offer every scope"
        name="offerAllScopes"
        defaultChecked={offerAllScopes}
        hint="The consent page also lists scopes the client did not ask for, not ticked. Some clients ask for too few."
      />
    </SettingsForm>
  )
}

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
  const { accessTokenTtlSeconds: ttl, signingAlgorithm } = project.settings
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
    </SettingsForm>
  )
}

export function ProtocolSettings({ project, action }: SettingsProps) {
  const { issParameter, clientCredentials, tokenExchange } = project.settings
  return (
    <SettingsForm id="protocol" title="Protocol" action={action}>
      <SwitchField
        label="Name the issuer in authorization responses"
        name="issParameter"
        defaultChecked={issParameter}
        hint="RFC 9207: protects clients that use several servers. The metadata advertises it and responses carry it, or neither. Off only for clients that cannot cope, such as old versions of mcp-remote."
      />
      <SwitchField
        label="Client credentials"
        name="clientCredentials"
        defaultChecked={clientCredentials}
        hint="Clients with a secret may get tokens on their own behalf, without a user."
      />
      <SwitchField
        label="Token exchange"
        name="tokenExchange"
        defaultChecked={tokenExchange}
        hint="Whoever holds the server secret may mint tokens for any user. Off, if your backend does not need that."
      />
    </SettingsForm>
  )
}
