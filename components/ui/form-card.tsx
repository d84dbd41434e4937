import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Card, CardBody } from './card.tsx'
import { Notice } from './notice.tsx'
import type { useForm } from './use-form.ts'

type FormCardProps = { form: Pick<ReturnType<typeof useForm>, 'props' | 'message' | 'pending'>; submit: string; children: ReactNode }

/** A form that is all its page is for; `submit` is on the button that sends it. */
export const FormCard = ({ form, submit, children }: FormCardProps) => (
  <form {...form.props}>
    <Card>
      <CardBody className="gap-5 pt-5">
        {form.message && <Notice tone="bad">{form.message}</Notice>}
        {children}
      </CardBody>
      <div className="flex justify-end border-t bg-sunken px-5 py-3">
        <Button type="submit" pending={form.pending}>
          {submit}
        </Button>
      </div>
    </Card>
  </form>
)
