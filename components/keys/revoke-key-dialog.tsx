import type { KeyImpact } from '#lib/management/keys/impact.ts'
import type { ListedKey } from '#lib/management/keys/list.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'

type RevokeKeyDialogProps = Pick<ListedKey, 'kid' | 'purpose'> & {
  state: Exclude<ListedKey['state'], 'revoked'>
  impact: KeyImpact
  action: FormAction
}

/** For an emergency: a rotation is the gentle way, and says so. */
export function RevokeKeyDialog({ kid, purpose, state, impact, action }: RevokeKeyDialogProps) {
  const short = kid.slice(0, 8)
  return (
    <ConfirmDialog
      trigger={
        <Button tone="ghost" size="sm" className="-mr-3 text-bad" aria-label={`Revoke key ${short}`}>
          Revoke
        </Button>
      }
      title={`Revoke key ${short}?`}
      confirm="Revoke key"
      typed={short}
      done="Key revoked"
      action={action}
    >
      {state === 'next' ? (
        <p>It never signed, so nobody notices. Another key is published in its place.</p>
      ) : (
        <>
          <p>Only for a key that somebody else may have. To replace a healthy one, rotate it: then nothing breaks.</p>
          {purpose === 'access-token' ? <AccessTokens impact={impact} /> : <IdTokens />}
          {state === 'current' && <p>The next key signs from now on. Servers that cached the JWKS may not know it for up to 5 minutes.</p>}
        </>
      )}
    </ConfirmDialog>
  )
}

function AccessTokens({ impact: { users, clients, grants } }: { impact: KeyImpact }) {
  if (grants === 0) return <p>Nobody is granted anything at the moment, so no user notices.</p>
  return (
    <p>
      Every access token it signed is refused from now on: up to {counted(users, 'user')} of {counted(clients, 'client')} with{' '}
      {counted(grants, 'grant')}. Their clients get new ones with their refresh tokens; who has none must sign in again. Servers that verify
      tokens without asking us accept the old ones until they read the JWKS anew, which takes up to 5 minutes.
    </p>
  )
}

const IdTokens = () => <p>Clients that check an ID token again refuse it, and their users sign in again. Access tokens are not touched.</p>

const counted = (count: number, what: string): string => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
