'use client'

import { useRef, useState } from 'react'
import type { TokenReport } from '#lib/management/tokens/check.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardFooter } from '../ui/card.tsx'
import { TextareaField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'
import { ReportCards } from './report-cards.tsx'

/** What was pasted stays in this field: it is sent once, in a body, and no answer brings it back. */
export function TokenForm({ action }: { action: FormAction<TokenReport> }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [parts, setParts] = useState<readonly string[]>([])
  const form = useForm(action, () => setParts(partsOf(field.current?.value ?? '')))
  const report = form.state.kind === 'done' ? form.state.value : null
  return (
    <div className="grid min-w-0 gap-6">
      <form {...form.props} className="min-w-0">
        <Card>
          <CardBody className="pt-5">
            {form.message && <Notice tone="bad">{form.message}</Notice>}
            <TextareaField
              ref={field}
              label="Token"
              name="token"
              rows={5}
              required
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              className="break-all font-mono text-[12.5px]"
              placeholder="eyJ…"
              hint="An access token or an ID token, also with “Bearer” before it."
              error={form.error('token')}
            />
          </CardBody>
          <CardFooter>
            <span className="min-w-0 flex-1 basis-56">It is read and forgotten: nothing stores it, and no log has it.</span>
            <Button type="submit" size="sm" pending={form.pending}>
              Check
            </Button>
          </CardFooter>
        </Card>
      </form>
      {report && <ReportCards report={report} parts={parts} />}
    </div>
  )
}

/** As the server reads it. */
const partsOf = (text: string): readonly string[] =>
  text
    .replace(/^\s*bearer\s/i, '')
    .trim()
    .split('.')
