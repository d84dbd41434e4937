/** `refused`: somebody was told no, which may be as it should. `alarm`: what an attack or a broken client looks like. */
export type EventTone = 'plain' | 'refused' | 'alarm'

type Words = { readonly label: string; readonly tone?: EventTone; readonly means?: string }

/** Every kind of event in words, in the order the filter lists them, by the part of a connection it belongs to. */
export const EVENT_GROUPS: readonly { readonly step: string; readonly label: string; readonly events: Readonly<Record<string, Words>> }[] =
  [
    {
      step: 'register',
      label: 'Registration',
      events: {
        'client.registered': { label: 'Client registered' },
        'client.document_changed': {
          label: 'Client changed its document',
          means: 'What it publishes of itself was another when somebody allowed it than when it was last kept.',
        },
        'client.deleted': { label: 'Client deleted itself', means: 'It used its registration access token: its grants and tokens ended.' },
        'registration_token.misused': {
          label: 'Registration token misused',
          tone: 'alarm',
          means: 'The token with which this client manages its registration was used for another client.',
        },
      },
    },
    {
      step: 'device',
      label: 'Devices',
      events: {
        'device.requested': { label: 'Device asked for access' },
      },
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
        'upstream.failed': {
          label: 'Identity provider failed',
          tone: 'refused',
          means: 'It did not answer, or answered what cannot be right; the reason says what. “Test” in the settings finds most causes.',
        },
        'handoff.started': { label: "Sent to the customer's sign-in page" },
        'handoff.confirmed': { label: 'Hand-off confirmed', means: 'Your backend said who it is.' },
        'handoff.refused': {
          label: 'Hand-off refused',
          tone: 'refused',
          means: 'Your backend let nobody in, or its answer was not accepted; the details say why.',
        },
        'user.email_confirmed': { label: 'Address confirmed' },
        'user.email_changed': { label: 'Address changed' },
        'user.password_changed': { label: 'Password changed' },
        'user.password_reset': { label: 'Password reset' },
        'user.signed_out_everywhere': { label: 'Signed out everywhere' },
        'passkey.added': { label: 'Passkey added' },
        'passkey.removed': { label: 'Passkey removed' },
        'passkey.suspicious': {
          label: 'Passkey may be copied',
          tone: 'alarm',
          means: 'Its counter did not grow as the one we kept: another device may hold the same key. Nobody was signed in.',
        },
        'user.sign_in_throttled': {
          label: 'Sign-in throttled',
          tone: 'refused',
          means: 'Too many wrong passwords or codes; further tries had to wait.',
        },
      },
    },
    {
      step: 'consent',
      label: 'Consent',
      events: {
        'grant.approved': { label: 'Access allowed' },
        'device.denied': { label: 'Device denied', tone: 'refused', means: 'The user chose Deny; the device was told access_denied.' },
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
        'assertion.issued': { label: 'Token issued for an assertion' },
        'assertion.refused': {
          label: 'Assertion refused',
          tone: 'refused',
          means: 'A client brought the word of an identity provider that does not hold here; the detail says why.',
        },
        'assertion.replayed': {
          label: 'Assertion used twice',
          tone: 'alarm',
          means: 'A signed assertion came back after it was spent. It was refused; somebody may have read it on its way.',
        },
        'identity.linked': { label: 'User of a trusted issuer linked' },
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
        'upstream_token.fetched': {
          label: "Provider's token fetched",
          means: 'Your server got what a user has at their identity provider.',
        },
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
        'user.email_verified': { label: 'E-mail address marked as verified' },
        'user.attributes_set': { label: 'Attributes set' },
        'user.disabled': { label: 'User disabled' },
        'reviewer.set': { label: 'Reviewer’s code made', means: 'A fixed code signs one address in, without a mail, until it expires.' },
        'reviewer.cleared': { label: 'Reviewer’s code removed' },
        'scope.created': { label: 'Scope added' },
        'scope.updated': { label: 'Scope changed' },
        'scope.deleted': { label: 'Scope deleted' },
        'resource.created': { label: 'Resource added' },
        'resource.updated': { label: 'Resource changed' },
        'resource.deleted': { label: 'Resource removed' },
        'trusted_issuer.created': { label: 'Issuer trusted' },
        'trusted_issuer.deleted': { label: 'Issuer trusted no longer' },
        'upstream_provider.created': { label: 'Identity provider added' },
        'upstream_provider.updated': { label: 'Identity provider changed' },
        'upstream_provider.deleted': { label: 'Identity provider removed' },
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
