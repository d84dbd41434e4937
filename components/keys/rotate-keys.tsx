import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'

export function RotateKeys({ label, opensAs, action }: { label: string; opensAs?: string; action: FormAction }) {
  return (
    <ConfirmDialog
      trigger={
        <Button tone="secondary" size="sm">
          {label}
        </Button>
      }
      title="Rotate the signing key?"
      opensAs={opensAs}
      confirm="Rotate now"
      danger={false}
      done="The next key signs from now on"
      action={action}
    >
      <p>
        The next key signs from now on, and a new next key is published. The current one stays in the JWKS until the last token it signed
        has expired, so nobody is signed out.
      </p>
    </ConfirmDialog>
  )
}
