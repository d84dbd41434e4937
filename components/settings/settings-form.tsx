'use client'

import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardFooter, CardHeader } from '../ui/card.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { useMayChange } from '../ui/may-change.tsx'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type SettingsFormProps = {
  id: string
  title: string
  description?: ReactNode
  footer?: ReactNode
  action: FormAction
  children: ReactNode
}

/** One card, one form, one button: what is saved together stands together. It says when something in it is not saved yet. */
export function SettingsForm({ id, title, description, footer, action, children }: SettingsFormProps) {
  const form = useForm(action, () => {
    toast.success(`${title} saved`)
    changes.saved()
  })
  const changes = useChanges(form.props.ref)
  const mayChange = useMayChange()
  const problems = form.state.kind === 'refused' ? Object.values(form.state.fields) : []
  return (
    <form {...form.props} onInput={changes.look} aria-label={title} className="min-w-0">
      <Card id={id} className="scroll-mt-20">
        <CardHeader title={title} description={description} />
        <CardBody className="gap-5">
          {(form.message || problems.length > 0) && <Notice tone="bad">{form.message ?? problems.join(' ')}</Notice>}
          <fieldset key={changes.version} disabled={!mayChange} className="grid min-w-0 gap-5">
            {children}
          </fieldset>
        </CardBody>
        <CardFooter>
          <span className="min-w-0 flex-1 basis-40">
            <span role="status">{changes.unsaved && <span className="font-medium text-warn">Unsaved changes. </span>}</span>
            {footer}
          </span>
          <span className="flex gap-2">
            {changes.unsaved && (
              <Button tone="ghost" size="sm" onClick={changes.discard} aria-label={`Discard changes to ${title.toLowerCase()}`}>
                Discard
              </Button>
            )}
            {mayChange && (
              <Button type="submit" size="sm" pending={form.pending} aria-label={`Save ${title.toLowerCase()}`}>
                Save
              </Button>
            )}
          </span>
        </CardFooter>
      </Card>
    </form>
  )
}

/** Whether a form says something else than when it was last saved, and asks before one leaves the page with it. */
function useChanges(form: { readonly current: HTMLFormElement | null }) {
  const [unsaved, setUnsaved] = useState(false)
  /** Fields are made anew from what is saved when it grows. */
  const [version, setVersion] = useState(0)
  const before = useRef('')
  const said = () =>
    form.current ? new URLSearchParams([...new FormData(form.current)].map(([name, value]) => [name, String(value)])).toString() : ''
  const saved = () => {
    before.current = said()
    setUnsaved(false)
  }
  const begin = useEffectEvent(saved)
  // biome-ignore lint/correctness/useExhaustiveDependencies: fields that were made anew are what is saved.
  useEffect(() => begin(), [version])
  useEffect(() => {
    if (!unsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsaved])
  return { unsaved, version, saved, look: () => setUnsaved(said() !== before.current), discard: () => setVersion((last) => last + 1) }
}
