import { CodeField } from '../ui/code-field.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormFields } from '../ui/use-form.ts'

type EndpointFieldsProps = {
  form: FormFields
  initial?: { readonly url: string; readonly description: string; readonly events: readonly string[] }
}

/** What an endpoint is, to make one and to change it. */
export function EndpointFields({ form, initial }: EndpointFieldsProps) {
  return (
    <>
      <TextField
        label="URL"
        {...form.field('url', initial?.url)}
        type="url"
        required
        autoComplete="off"
        spellCheck={false}
        placeholder="https://api.example.com/gatehouse"
        hint="Public https on port 443. It must answer 2xx within ten seconds; redirects are failures."
      />
      <TextField
        label="Description"
        {...form.field('description', initial?.description)}
        optional
        autoComplete="off"
        maxLength={200}
        placeholder="What listens there"
      />
      <CodeField
        label="Events"
        {...form.field('events', initial?.events.join('\n'))}
        optional
        rows={3}
        placeholder={'grant.revoked\nclient.*'}
        hint="One per line: an event such as grant.revoked, or all of a kind such as client.*. Left empty: every event of the audit log."
      />
    </>
  )
}
