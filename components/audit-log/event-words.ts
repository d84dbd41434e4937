/** `refused`: somebody was told no, which may be as it should. `alarm`: what an attack or a broken client looks like. */
export type EventTone = 'plain' | 'refused' | 'alarm'

type Words = { readonly label: string; readonly tone?: EventTone; readonly means?: string }

/** Every kind of event in words, in the order the filter lists them, by the part of a connection it belongs to. */
export const EVENT_GROUPS: readonly { readonly step: string; readonly label: string; readonly events: Readonly<Record<string, Words>> }[] =
  [
    {
      step: 'register',
      label: 'Registration',
      events: { 'client.registered': { label: 'Client registered' } },
    },
    {
      step: 'authorize',
      label: 'Authorization',
      events: {
        'authorization.requested': { label: 'Authorization requested' },
      },
    },
    {
      step: 'sign-in',
      label: 'Sign-in',
      events: {
        'user.signed_up': { label: 'User signed up' },
        'user.signed_in': { label: 'User signed in' },
        'user.sign_in_throttled': {
          label: 'Sign-in throttled',
          tone: 'refused',
          means: 'Too many wrong passwords; further tries had to wait.',
        },
      },
    },
    {
      step: 'consent',
      label: 'Consent',
      events: {
        'grant.approved': { label: 'Access allowed' },
        'grant.denied': { label: 'Access denied', tone: 'refused', means: 'The user chose Deny; the client was told access_denied.' },
      },
    },
    {
      step: 'token',
      label: 'Tokens',
      events: {
        'token.issued': { label: 'Token issued' },
        'refresh.rotated': { label: 'Token refreshed' },
        'refresh.retried': {
          label: 'Refresh retried',
          means: 'The client repeated a refresh within a minute and got the same answer again.',
        },
        'code.replayed': {
          label: 'Code used twice',
          tone: 'alarm',
          means: 'An authorization code came back after it was spent. Everything it had led to was revoked.',
        },
        'code.misused': {
          label: 'Code misused',
          tone: 'alarm',
          means: 'A real authorization code was presented by another client, or with the wrong verifier or redirect URI.',
        },
        'refresh.reused': {
          label: 'Old refresh token used',
          tone: 'alarm',
          means: 'A refresh token came back long after it was replaced: a copy is in other hands. Its family was revoked.',
        },
        'refresh.misused': {
          label: 'Refresh token misused',
          tone: 'alarm',
          means: 'A real refresh token was presented by another client.',
        },
        'credential.misused': {
          label: 'Secret misused',
          tone: 'alarm',
          means: 'A real secret of this project was presented where it does not belong.',
        },
        'cross_tenant.used': {
          label: 'Foreign token used',
          tone: 'alarm',
          means: 'A token or code of another project was presented here.',
        },
      },
    },
    {
      step: 'exchange',
      label: 'Token exchange',
      events: {
        'exchange.issued': { label: 'Token minted' },
        'exchange.refused': { label: 'Minting refused', tone: 'refused' },
      },
    },
    {
      step: 'revoke',
      label: 'Revocation',
      events: {
        'token.revoked': { label: 'Token revoked' },
        'grant.revoked': { label: 'Grant revoked' },
        'revoke.foreign': {
          label: 'Foreign token sent for revocation',
          tone: 'alarm',
          means: 'A client tried to revoke a token that is not its own.',
        },
      },
    },
    {
      step: 'manage',
      label: 'Dashboard and command line',
      events: {
        'project.created': { label: 'Project created' },
        'project.updated': { label: 'Settings changed' },
        'project.deleted': { label: 'Project deleted' },
        'client.created': { label: 'Client created' },
        'client.updated': { label: 'Client changed' },
        'client.revoked': { label: 'Client revoked' },
        'client.secret_rotated': { label: 'Client secret rotated' },
        'user.created': { label: 'User added' },
        'user.disabled': { label: 'User disabled' },
        'scope.created': { label: 'Scope added' },
        'scope.updated': { label: 'Scope changed' },
        'scope.deleted': { label: 'Scope deleted' },
        'resource.created': { label: 'Resource added' },
        'resource.updated': { label: 'Resource changed' },
        'resource.deleted': { label: 'Resource removed' },
        'secret.rotated': { label: 'Secret rotated' },
        'secret.revoked': { label: 'Secret revoked' },
        'key.rotated': { label: 'Signing key rotated' },
        'key.revoked': { label: 'Signing key revoked' },
        'authz.denied': { label: 'Not permitted', tone: 'refused', means: 'A member tried what their role does not allow.' },
      },
    },
  ]

const ALL: Readonly<Record<string, Words>> = Object.assign({}, ...EVENT_GROUPS.map((group) => group.events))

/** An event this list does not know yet is told by its own name. */
export function wordsFor(action: string): { label: string; tone: EventTone; means: string | null } {
  const words = ALL[action]
  return { label: words?.label ?? action, tone: words?.tone ?? 'plain', means: words?.means ?? null }
}
