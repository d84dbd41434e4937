'use client'

import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'

export type TestProvider = FormAction<{ problems: readonly string[] }>

/** Asks the provider what can be asked without a person, and says what is wrong. */
export function ProviderTest({ name, action }: { name: string; action: TestProvider }) {
  const form = useForm(action)
  const problems = form.state.kind === 'done' ? form.state.value.problems : null
  return (
    <ActionForm form={form} className="grid gap-2.5">
      {problems?.length === 0 && <Notice title="It works">It is there, has its keys, and takes your client ID and secret.</Notice>}
      {problems?.map((problem) => (
        <Notice key={problem} tone="bad">
          <span className="wrap-anywhere">{problem}.</span>
        </Notice>
      ))}
      <Button type="submit" tone="secondary" size="sm" pending={form.pending} className="w-fit" aria-label={`Test ${name}`}>
        Test
      </Button>
    </ActionForm>
  )
}
