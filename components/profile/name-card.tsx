'use client'

import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

export function NameCard({ name, action }: { name: string; action: FormAction }) {
  const form = useForm(action, () => toast.success('Name saved'))
  return (
    <Card>
      <CardHeader title="Name" description="What your organisation sees beside what you did." />
      <CardBody>
        <form {...form.props} className="grid gap-4">
          {form.message && <Notice tone="bad">{form.message}</Notice>}
          <TextField
            label="Name"
            name="name"
            autoComplete="name"
            maxLength={80}
            required
            defaultValue={form.value('name', name)}
            error={form.error('name')}
          />
          <Button type="submit" pending={form.pending} className="w-fit">
            Save name
          </Button>
        </form>
      </CardBody>
    </Card>
  )
}
