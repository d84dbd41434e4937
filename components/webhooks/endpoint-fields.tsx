import { TextareaField, TextField } from '../ui/field.tsx'

type EndpointFieldsProps = {
  error: (name: string) => string | undefined
  value: (name: string, initial?: string) => string
  initial?: { readonly url: string; readonly description: string; readonly events: readonly string[] }
}

/** What an endpoint is, to make one and to change it. */
export function EndpointFields({ error, value, initial }: EndpointFieldsProps) {
  return (
    <>
      <TextField
        label="URL"
        name="url"
        type="url"
        required
        autoComplete="off"
        spellCheck={false}
        placeholder="https://api.example.com/gatehouse"
        hint="Public https on port 443. It must answer 2xx within ten seconds; redirects are failures."
        defaultValue={value('url', initial?.url)}
        error={error('url')}
      />
      <TextField
        label="Description"
        name="description"
        optional
        autoComplete="off"
        maxLength={200}
        placeholder="What listens there"
        defaultValue={value('description', initial?.description)}
        error={error('description')}
      />
      <TextareaField
        label="Events"
        name="events"
        optional
        rows={3}
        spellCheck={false}
        className="font-mono text-[12.5px]"
        placeholder={'grant.revoked\nclient.*'}
        hint="One per line: an event such as grant.revoked, or all of a kind such as client.*. Left empty: every event of the audit log."
        defaultValue={value('events', initial?.events.join('\n'))}
        error={error('events')}
      />
    </>
  )
}
