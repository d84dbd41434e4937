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
        'authorization.pushed': { label: 'Authorization request pushed' },
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
        'test_project.created': { label: 'Test project created' },
        'settings.promoted': {
          label: 'Settings promoted',
          means: 'Settings and scopes of the test project were taken over into this one.',
        },
        'client.created': { label: 'Client created' },
        'client.updated': { label: 'Client changed' },
        'client.blocked': { label: 'Client blocked', means: 'It is refused everywhere until it is unblocked; its grants wait.' },
        'client.unblocked': { label: 'Client unblocked' },
        'client.revoked': { label: 'Client deleted', means: 'For good, by a member: its grants and tokens ended.' },
        'client.secret_rotated': { label: 'Client secret rotated' },
        'client.document_expired': {
          label: 'Client’s document to be read again',
          means: 'A member asked for it: no older copy counts from then on.',
        },
        'client.previous_secret_ended': { label: 'Old client secret ended' },
        'user.created': { label: 'User added' },
        'user.email_verified': { label: 'E-mail address marked as verified' },
        'user.updated': { label: 'User changed', means: 'The log tells what was changed, and not the values: they are personal.' },
        'user.attributes_set': { label: 'Attributes set' },
        'user.disabled': { label: 'User disabled' },
        'user.enabled': { label: 'User enabled' },
        'user.signed_out': { label: 'User signed out everywhere', means: 'By a member: their sessions and grants ended.' },
        'user.password_reset_sent': { label: 'Password reset sent', means: 'A member had the mail for a forgotten password sent.' },
        'user.deleted': { label: 'User deleted', means: 'All that was kept of them is gone; the log keeps the id, which names nobody.' },
        'reviewer.set': { label: 'Reviewer’s code made', means: 'A fixed code signs one address in, without a mail, until it expires.' },
        'reviewer.cleared': { label: 'Reviewer’s code removed' },
        'scope.created': { label: 'Scope added' },
        'scope.updated': { label: 'Scope changed' },
        'scope.deleted': { label: 'Scope deleted' },
        'scope.reordered': { label: 'Scopes put in another order' },
        'resource.created': { label: 'Resource added' },
        'resource.updated': { label: 'Resource changed' },
        'resource.deleted': { label: 'Resource removed' },
        'resource_alias.created': {
          label: 'Alias added',
          means: 'Clients may ask for the resource by this name too; tokens carry its identifier.',
        },
        'resource_alias.deleted': { label: 'Alias removed' },
        'domain.claimed': { label: 'Domain claimed' },
        'domain.verified': { label: 'Domain verified', means: 'Its record was found in the DNS: the project speaks as an issuer there.' },
        'domain.checked': { label: 'Domain checked', means: 'Its record does not prove anything yet; the reason says what was found.' },
        'domain.missing': {
          label: 'Domain’s record missing',
          tone: 'alarm',
          means: 'The record that proved it is no longer in the DNS. Three days later its issuer stops answering.',
        },
        'domain.lost': {
          label: 'Domain lost',
          tone: 'alarm',
          means: 'Its record was missing for three days: the issuer there answers no more until the record is back.',
        },
        'domain.removed': { label: 'Domain removed' },
        'issuer.made_primary': { label: 'Primary issuer chosen' },
        'trusted_issuer.created': { label: 'Issuer trusted' },
        'trusted_issuer.updated': { label: 'Trusted issuer changed' },
        'trusted_issuer.deleted': { label: 'Issuer trusted no longer' },
        'webhook_endpoint.created': { label: 'Webhook endpoint added' },
        'webhook_endpoint.updated': { label: 'Webhook endpoint changed' },
        'webhook_endpoint.deleted': { label: 'Webhook endpoint deleted' },
        'webhook_endpoint.secret_rotated': { label: 'Webhook secret rotated' },
        'webhook_endpoint.tested': { label: 'Webhook tested' },
        'webhook_endpoint.replayed': { label: 'Webhook deliveries sent again' },
        'webhook_endpoint.disabled': {
          label: 'Webhook endpoint switched off',
          tone: 'alarm',
          means: 'Nothing arrived there for five days, or it answered 410 Gone. Events are no longer sent to it.',
        },
        'upstream_provider.created': { label: 'Identity provider added' },
        'upstream_provider.updated': { label: 'Identity provider changed' },
        'upstream_provider.deleted': { label: 'Identity provider removed' },
        'mail.tested': { label: 'Test mail sent' },
        'secret.created': { label: 'Secret made' },
        'secret.renamed': { label: 'Secret renamed' },
        'secret.rotated': { label: 'Secret rotated' },
        'secret.revoked': { label: 'Secret revoked' },
        'key.rotated': { label: 'Signing key rotated' },
        'key.revoked': { label: 'Signing key revoked' },
        'api_key.created': { label: 'API key made' },
        'api_key.revoked': { label: 'API key revoked' },
        'audit_log.exported': { label: 'Audit log exported', means: 'Events of this log left it as a file or through the API.' },
        'saved_view.created': { label: 'View saved' },
        'saved_view.deleted': { label: 'View deleted' },
        'authz.denied': { label: 'Not permitted', tone: 'refused', means: 'A member tried what their role does not allow.' },
      },
    },
  ]

/** What happens to an organisation itself, in the order its own filter lists them. */
export const ORGANISATION_EVENTS: Readonly<Record<string, Words>> = {
  'organisation.created': { label: 'Organisation created' },
  'organisation.updated': { label: 'Organisation changed' },
  'organisation.deleted': { label: 'Organisation deleted' },
  'invitation.created': { label: 'Member invited' },
  'invitation.resent': { label: 'Invitation sent again' },
  'invitation.revoked': { label: 'Invitation withdrawn' },
  'member.joined': { label: 'Member joined' },
  'member.role_changed': { label: 'Role changed' },
  'member.removed': { label: 'Member removed' },
  'member.left': { label: 'Member left' },
  'member.signed_in': { label: 'Member signed in' },
  'member.second_factor_enabled': { label: 'Second factor set up' },
  'member.second_factor_disabled': { label: 'Second factor switched off' },
  'member.passkey_added': { label: 'Member’s passkey added' },
  'member.passkey_removed': { label: 'Member’s passkey removed' },
  'member.password_changed': { label: 'Member’s password changed' },
  'member.email_changed': { label: 'Member’s address changed' },
  'member.sessions_ended': { label: 'Sessions ended' },
  'api_key.created': { label: 'API key made' },
  'api_key.revoked': { label: 'API key revoked' },
  'project.created': { label: 'Project created' },
  'project.deleted': { label: 'Project deleted' },
  'authz.denied': { label: 'Not permitted', tone: 'refused', means: 'A member tried what their role does not allow.' },
}

const ALL: Readonly<Record<string, Words>> = Object.assign({}, ORGANISATION_EVENTS, ...EVENT_GROUPS.map((group) => group.events))

/** An event this list does not know yet is told by its own name. */
export function wordsFor(action: string): { label: string; tone: EventTone; means: string | null } {
  const words = ALL[action]
  return { label: words?.label ?? action, tone: words?.tone ?? 'plain', means: words?.means ?? null }
}

type Told = { readonly action: string; readonly outcome: 'ok' | 'refused' }

/** A grant that ended because of an attack is marked, though grants end every day. */
export function toneOf({ action, outcome }: Told): ReturnType<typeof wordsFor> {
  const words = wordsFor(action)
  return words.tone === 'plain' && outcome === 'refused' ? { ...words, tone: 'refused' } : words
}
