import { CodeField } from '../ui/code-field.tsx'
import { CheckboxField, FieldError, TextField } from '../ui/field.tsx'
import { NameField } from '../ui/name-field.tsx'
import type { FormFields } from '../ui/use-form.ts'
import { GRANT_BOXES } from './grant-boxes.ts'

type Of = { form: FormFields; initial?: string }

export const ClientNameField = ({ form, initial }: Of) => (
  <NameField {...form.field('name', initial)} hint="People see it when they are asked to allow this client." />
)

export const ClientLogoField = ({ form, initial, hint = LOGO_HINT }: Of & { hint?: string }) => (
  <TextField
    label="Logo"
    {...form.field('logoUri', initial)}
    optional
    type="url"
    autoComplete="off"
    placeholder="https://client.example.com/logo.png"
    hint={hint}
  />
)

const LOGO_HINT = 'A square PNG, JPEG or WebP of at most 64 KB. We read it from there, and the consent page shows our copy.'

export const RedirectUrisField = ({ form, initial }: Of) => (
  <CodeField
    label="Redirect URIs"
    {...form.field('redirectUris', initial)}
    rows={3}
    placeholder={'https://client.example.com/callback'}
    hint="One per line, compared letter by letter. For http://localhost and http://127.0.0.1 any port is accepted."
  />
)

type GrantBoxesProps = { ticked: (box: (typeof GRANT_BOXES)[number]) => boolean; error: string | undefined }

export const GrantBoxes = ({ ticked, error }: GrantBoxesProps) => (
  <fieldset className="grid gap-3">
    <legend className="mb-2 font-medium text-[13px]">Ways to get a token</legend>
    {GRANT_BOXES.map((box) => (
      <CheckboxField key={box.name} label={box.label} name={box.name} hint={box.hint} defaultChecked={ticked(box)} />
    ))}
    {error && <FieldError>{error}</FieldError>}
  </fieldset>
)

/** `scopes`: the project's, as an example of what to write. */
export const ScopeCeilingField = ({ form, initial, scopes }: Of & { scopes: readonly string[] }) => (
  <TextField
    label="Scopes it may have at most"
    {...form.field('scope', initial)}
    optional
    autoComplete="off"
    spellCheck={false}
    placeholder={scopes.join(' ')}
    hint="Separated by blanks. Empty: any scope of this project, also later ones."
  />
)
