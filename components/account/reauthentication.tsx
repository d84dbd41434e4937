'use client'

import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { KeyRound } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { type ReactNode, startTransition, useCallback, useEffect, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { ReauthenticationContext } from '../ui/reauthentication.ts'
import { useForm } from '../ui/use-form.ts'
import { ProviderButton } from './provider-button.tsx'
import { usePasskey } from './use-passkey.ts'

type Ways = { password: boolean; code: boolean; passkey: boolean; providers: { id: string; name: string }[] }

export type ReauthenticationActions = {
  ways: () => Promise<Ways>
  passkey: () => Promise<PublicKeyCredentialRequestOptionsJSON>
  prove: FormAction
}

type Answer = (proven: boolean) => void

/** Whatever below wants to know that it is still the member who sits there asks here. */
export function Reauthentication({ actions, children }: { actions: ReauthenticationActions; children: ReactNode }) {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        setAnswer((earlier: Answer | null) => {
          earlier?.(false)
          return resolve
        })
      }),
    [],
  )
  const settle = (proven: boolean): void => {
    answer?.(proven)
    setAnswer(null)
  }
  return (
    <ReauthenticationContext value={ask}>
      {children}
      <Dialog open={answer !== null} onOpenChange={(open) => !open && settle(false)}>
        <DialogContent title="Confirm that it is you" description="This needs proof from the last ten minutes. Then it goes on by itself.">
          <Ask actions={actions} onProven={() => settle(true)} />
        </DialogContent>
      </Dialog>
    </ReauthenticationContext>
  )
}

function Ask({ actions, onProven }: { actions: ReauthenticationActions; onProven: () => void }) {
  const [ways, setWays] = useState<Ways | null>(null)
  useEffect(() => {
    let gone = false
    startTransition(async () => {
      const found = await actions.ways()
      if (!gone) setWays(found)
    })
    return () => {
      gone = true
    }
  }, [actions])
  if (!ways) return <p className="text-ink-soft">One moment…</p>
  return <Proof actions={actions} ways={ways} onProven={onProven} />
}

function Proof({ actions, ways, onProven }: { actions: ReauthenticationActions; ways: Ways; onProven: () => void }) {
  const [by, setBy] = useState<'password' | 'code'>(ways.password ? 'password' : 'code')
  const path = usePathname()
  const hasNothing = !ways.password && !ways.code && !ways.passkey
  return (
    <div className="grid gap-4">
      {(ways.password || ways.code) && <TypedProof key={by} by={by} action={actions.prove} onProven={onProven} />}
      <div className="flex flex-wrap gap-2">
        {ways.passkey && <PasskeyProof actions={actions} onProven={onProven} />}
        {by === 'password' && ways.code && (
          <Button tone="ghost" onClick={() => setBy('code')}>
            Use a code instead
          </Button>
        )}
        {by === 'code' && ways.password && (
          <Button tone="ghost" onClick={() => setBy('password')}>
            Use the password instead
          </Button>
        )}
      </div>
      {hasNothing && (
        <>
          <p className="text-ink-soft">You sign in by a provider: go there once more, come back, and repeat what you were about to do.</p>
          <div className="flex flex-wrap gap-2">
            {ways.providers.map((provider) => (
              <ProviderButton key={provider.id} provider={provider} callbackUrl={path} />
            ))}
          </div>
        </>
      )}
    </div>
  )
}

function TypedProof({ by, action, onProven }: { by: 'password' | 'code'; action: FormAction; onProven: () => void }) {
  const form = useForm(action, onProven)
  return (
    <form {...form.props} className="grid gap-4">
      <input type="hidden" name="by" value={by} />
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      {by === 'password' ? (
        <TextField
          label="Your password"
          name="password"
          type="password"
          autoComplete="current-password"
          autoFocus
          required
          error={form.error('password')}
        />
      ) : (
        <TextField
          label="Code of your authenticator app"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          required
          hint="Six digits, or one of your recovery codes."
          error={form.error('code')}
        />
      )}
      <Button type="submit" pending={form.pending}>
        Confirm
      </Button>
    </form>
  )
}

function PasskeyProof({ actions, onProven }: { actions: ReauthenticationActions; onProven: () => void }) {
  const [refused, setRefused] = useState<string | null>(null)
  const { ask, busy, failure } = usePasskey(actions.passkey, async (credential) => {
    const filled = new FormData()
    filled.set('by', 'passkey')
    filled.set('credential', credential)
    const state = await actions.prove({ kind: 'idle' }, filled)
    if (state.kind === 'done') onProven()
    else setRefused(state.kind === 'refused' ? (state.fields.credential ?? state.message) : null)
  })
  const problem = failure ?? refused
  return (
    <div className="grid w-full gap-3">
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Button tone="secondary" pending={busy} onClick={() => void ask()}>
        <KeyRound aria-hidden />
        Use a passkey
      </Button>
    </div>
  )
}
