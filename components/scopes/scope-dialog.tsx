'use client'

import { type ReactNode, useState } from 'react'
import type { ListedScope } from '#lib/management/scopes/list.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '../ui/dialog.tsx'
import { SwitchField, TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type ScopeDialogProps = { trigger: ReactNode; action: FormAction; scope?: ListedScope }

/** With a scope it edits that one, whose name stays; without, it adds one. */
export function ScopeDialog({ trigger, action, scope }: ScopeDialogProps) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={scope ? `Edit ${scope.name}` : 'Add scope'}>
        <ScopeForm action={action} close={() => setOpen(false)} {...(scope ? { scope } : {})} />
      </DialogContent>
    </Dialog>
  )
}

function ScopeForm({ action, scope, close }: { action: FormAction; scope?: ListedScope; close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success(scope ? 'Scope saved' : 'Scope added')
  })
  return (
    <form {...form.props} className="grid gap-4">
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      {!scope && (
        <TextField
          label="Name"
          name="name"
          required
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          placeholder="notes:read"
          hint="As your server checks it. It can not be renamed later, because tokens carry it."
          defaultValue={form.value('name')}
          error={form.error('name')}
        />
      )}
      <TextField
        label="In words"
        name="description"
        required
        maxLength={200}
        autoComplete="off"
        placeholder="Read your notes"
        hint="People read this sentence when they decide."
        defaultValue={form.value('description', scope?.description)}
        error={form.error('description')}
      />
      <SwitchField
        label="Default"
        name="isDefault"
        defaultChecked={scope?.isDefault ?? false}
        hint="Offered when a client asks for no scope at all."
      />
      <DialogFooter>
        <DialogClose asChild>
          <Button tone="secondary">Cancel</Button>
        </DialogClose>
        <Button type="submit" pending={form.pending}>
          {scope ? 'Save scope' : 'Add scope'}
        </Button>
      </DialogFooter>
    </form>
  )
}
