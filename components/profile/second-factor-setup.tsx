'use client'

import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { useForm } from '../ui/use-form.ts'
import { QrCode } from './qr-code.tsx'

export type Setup = { readonly secret: string; readonly address: string }

type SetupProps = { setup: Setup; action: FormAction<string[]>; onEnabled: (codes: string[]) => void }

/** Scan, type the first code, done. */
export function SecondFactorSetup({ setup: { secret, address }, action, onEnabled }: SetupProps) {
  const form = useForm(action, onEnabled)
  return (
    <ActionForm form={form} className="grid min-w-0 gap-5">
      <div className="grid justify-items-center gap-3 text-center">
        <QrCode text={address} label="QR code for your authenticator app" />
        <p className="max-w-[44ch] text-[13px] text-ink-soft">
          Scan it with an authenticator app: 1Password, Google Authenticator, Aegis or any other. Or type this secret there:
        </p>
        <p className="flex min-w-0 max-w-full items-center gap-1">
          <code data-testid="totp-secret" className="min-w-0 break-all font-mono text-[12.5px]">
            {secret.replace(/(.{4})(?=.)/g, '$1 ')}
          </code>
          <CopyButton text={secret} label="Copy secret" />
        </p>
      </div>
      <TextField
        label="Code the app shows now"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
        required
        hint="Six digits, new every 30 seconds."
        error={form.error('code')}
      />
      <Button type="submit" pending={form.pending}>
        Switch it on
      </Button>
    </ActionForm>
  )
}
