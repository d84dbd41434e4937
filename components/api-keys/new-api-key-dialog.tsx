'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ORGANISATION_PERMISSIONS } from '#lib/management/api-keys/inputs.ts'
import type { Permission } from '#lib/management/context.ts'
import { StoredOnce } from '../keys/stored-once.tsx'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogContent, DialogTrigger, FormFooter } from '../ui/dialog.tsx'
import { SelectField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NameField } from '../ui/name-field.tsx'
import { useForm } from '../ui/use-form.ts'
import { useOpen } from '../ui/use-open.ts'
import { PermissionPicker } from './permission-picker.tsx'
import { isReading } from './permission-words.ts'

const LIFETIMES = [
  { days: '30', label: '30 days' },
  { days: '90', label: '90 days' },
  { days: '365', label: '365 days' },
  { days: '', label: 'Until it is revoked' },
]

type NewApiKeyProps = {
  projects: readonly { slug: string; name: string }[]
  /** What the member's own role may. */
  permissions: readonly Permission[]
  action: FormAction<{ apiKey: string }>
}

/** Asks what the key may do, then shows it, once. What was shown is forgotten when it closes. */
export function NewApiKeyDialog(props: NewApiKeyProps) {
  const [open, setOpen] = useOpen('new-api-key')
  const [shown, setShown] = useState(false)
  const change = (isOpen: boolean) => {
    setOpen(isOpen)
    setShown(false)
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button>
          <Plus aria-hidden />
          Make API key
        </Button>
      </DialogTrigger>
      <DialogContent title={shown ? 'Your new API key' : 'Make API key'} locked={shown}>
        <NewApiKeyForm {...props} onShown={() => setShown(true)} close={() => change(false)} />
      </DialogContent>
    </Dialog>
  )
}

function NewApiKeyForm({ projects, permissions, action, onShown, close }: NewApiKeyProps & { onShown: () => void; close: () => void }) {
  const form = useForm(action, onShown)
  const [project, setProject] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(() => new Set(permissions.filter(isReading)))
  const offered = new Set(permissions.filter((permission) => project === '' || !ORGANISATION_PERMISSIONS.includes(permission)))

  if (form.state.kind === 'done') {
    const key = {
      label: 'API key',
      purpose: 'Send it as “Authorization: Bearer …” to the management API. Keep it out of code and out of browsers.',
      variable: 'GATEHOUSE_API_KEY',
      value: form.state.value.apiKey,
    }
    return <StoredOnce secrets={[key]} alongside={[['GATEHOUSE_URL', window.location.origin]]} onStored={close} />
  }
  return (
    <ActionForm form={form} className="grid min-w-0 gap-4">
      <NameField {...form.field('name')} placeholder="Deployments" hint="What it is for. The audit log calls it by this name." />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Reaches"
          name="project"
          value={project}
          onChange={(event) => setProject(event.target.value)}
          error={form.error('project')}
        >
          <option value="">All projects, later ones too</option>
          {projects.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name} ({slug})
            </option>
          ))}
        </SelectField>
        <SelectField label="Ends after" name="expiresInDays" defaultValue="90" error={form.error('expiresInDays')}>
          {LIFETIMES.map(({ days, label }) => (
            <option key={days} value={days}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <PermissionPicker offered={offered} chosen={chosen} onChange={setChosen} error={form.error('permissions')} />
      <FormFooter pending={form.pending}>Make key</FormFooter>
    </ActionForm>
  )
}
