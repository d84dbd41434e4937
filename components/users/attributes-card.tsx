'use client'

import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { CodeField } from '../ui/code-field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type AttributesProps = {
  /** A JSON object, as text. */
  attributes: string
  /** Null where the role reads only. */
  save: FormAction | null
}

export function AttributesCard({ attributes, save }: AttributesProps) {
  return (
    <Card>
      <CardHeader
        title="Attributes"
        description="What your side knows of them, such as a plan. Custom claims are made of it and go into the next token."
      />
      {save ? (
        <AttributesForm attributes={attributes} save={save} />
      ) : (
        <CardBody>
          <CodeBlock title="Attributes" language="json" code={attributes} />
        </CardBody>
      )}
    </Card>
  )
}

function AttributesForm({ attributes, save }: { attributes: string; save: FormAction }) {
  const form = useForm(save, () => toast.success('Attributes saved'))
  return (
    <form {...form.props}>
      <CardBody>
        {form.message && <Notice tone="bad">{form.message}</Notice>}
        <CodeField
          label="JSON object"
          {...form.field('attributes', attributes)}
          rows={5}
          hint="At most 4 KB. It takes the place of what is there now."
        />
        <div>
          <Button type="submit" tone="secondary" size="sm" pending={form.pending}>
            Save attributes
          </Button>
        </div>
      </CardBody>
    </form>
  )
}
