import Form from 'next/form'
import { Button } from '../ui/button.tsx'
import { Input, Select } from '../ui/input.tsx'

type DeliveryFilterProps = { action: string; filter: { readonly state: string | undefined; readonly action: string | undefined } }

/** A GET form: the filter stands in the URL and works without script. */
export function DeliveryFilter({ action, filter }: DeliveryFilterProps) {
  return (
    <Form action={action} role="search" className="flex flex-wrap gap-2">
      <div className="w-44">
        <Select name="state" aria-label="State" defaultValue={filter.state ?? ''}>
          <option value="">Any state</option>
          <option value="delivered">Delivered</option>
          <option value="pending">Waiting</option>
          <option value="failed">Failed</option>
        </Select>
      </div>
      <Input
        name="action"
        type="search"
        aria-label="Event"
        placeholder="Event, such as grant.revoked"
        defaultValue={filter.action}
        maxLength={81}
        className="w-64 max-w-full"
      />
      <Button type="submit" tone="secondary">
        Filter
      </Button>
    </Form>
  )
}
