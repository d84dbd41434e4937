'use client'

import { Button } from '../ui/button.tsx'
import { FieldError } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type OneClickAliasProps = { alias: string; resource: { readonly name: string }; action: FormAction }

/** The host is the resource's own already, so there is nothing to ask. */
export function OneClickAlias({ alias, resource, action }: OneClickAliasProps) {
  // Said with the answer: what it is about leaves the page with it.
  const form = useForm<string | null>(async (state, filled) => {
    const answer = await action(state, filled)
    if (answer.kind === 'done') toast.success(`Clients that ask for it get tokens for ${resource.name}`)
    return answer
  })
  const problem = form.message ?? form.error('alias')
  return (
    <form {...form.props} className="grid gap-1">
      <input type="hidden" name="alias" value={alias} />
      <Button type="submit" tone="secondary" size="sm" pending={form.pending} aria-label={`Make it an alias of ${resource.name}: ${alias}`}>
        Make it an alias of {resource.name}
      </Button>
      {problem && <FieldError>{problem}</FieldError>}
    </form>
  )
}
