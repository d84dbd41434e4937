'use client'

import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NameField } from '../ui/name-field.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

export function NameCard({ name, action }: { name: string; action: FormAction }) {
  const form = useForm(action, () => toast.success('Name saved'))
  return (
    <Card>
      <CardHeader title="Name" description="What your organisation sees beside what you did." />
      <CardBody>
        <ActionForm form={form}>
          <NameField {...form.field('name', name)} autoComplete="name" />
          <Button type="submit" pending={form.pending} className="w-fit">
            Save name
          </Button>
        </ActionForm>
      </CardBody>
    </Card>
  )
}
