import type { Reason } from '#lib/oauth/errors.ts'
import type { RevocationReason } from '#lib/oauth/store.ts'

export type ReasonWords = {
  /** What happened, in a sentence. */
  readonly says: string
  /** What it usually comes from. */
  readonly cause: string
  /** What to do. */
  readonly fix: string
}

const words = (says: string, cause: string, fix: string): ReasonWords => ({ says, cause, fix })

/** Every reason of the protocol: one that is missing here does not compile. */
const OF_PROTOCOL: Readonly<Record<Reason['kind'], ReasonWords>> = {
  malformed_request: words(
    'The request lacked a parameter, or had one twice or misspelled.',
    'The client was written for another server, or a proxy changed its request.',
    'Read the error_description that the client was given: it names the parameter.',
  ),
  client_unknown: words(
    'No client of this project has this client_id.',
    'The client kept an id of another project, or its registration was never used and was deleted after 30 days.',
    'Remove the connection in the client and add it again, so that it registers anew.',
  ),
  client_revoked: words(
    'This client was revoked or is blocked.',
    'A member ended it, or it deleted itself.',
    'If it should work again, let it register anew, or unblock it on its page.',
  ),
  client_changed: words(
    'The client is no longer what the user was asked about.',
    'Its registration or its published document changed while somebody was signing in.',
    'Try again: the next attempt shows the client as it is now.',
  ),
  client_secret_wrong: words(
    'The client’s secret is not the right one.',
    'The secret was rotated and its overlap is over, or it was copied with a space or a line break.',
    'Put the current secret into the client, or rotate it once more and copy it from there.',
  ),
  client_secret_missing: words(
    'A client that has a secret came without it.',
    'Its configuration lacks the secret, or it sends it in a place that its registration does not name.',
    'Compare the client’s authentication method with what it sends: client_secret_basic, client_secret_post or none.',
  ),
  client_secret_unexpected: words(
    'A public client sent a secret.',
    'It is registered without a secret but configured with one.',
    'Remove the secret from the client, or make a confidential client for it.',
  ),
  client_assertion_refused: words(
    'The signed assertion with which the client proves itself did not hold.',
    'A wrong audience, a clock that is off, a key it does not publish, or an assertion used twice.',
    'The detail says which; check the client’s jwks and that its assertion’s aud is this issuer.',
  ),
  client_keys_unavailable: words(
    'The client’s keys could not be read.',
    'Its jwks_uri did not answer, or not with a key set.',
    'Open the jwks_uri from outside; it must answer quickly and over HTTPS.',
  ),
  client_document_unavailable: words(
    'The document that the client publishes about itself could not be read.',
    'Its server did not answer, or the address is not reachable from here.',
    'Open the client_id as an address from outside; it must answer 200 with JSON.',
  ),
  client_document_invalid: words(
    'The document that the client publishes about itself is not valid.',
    'It lacks a field, or its client_id is not the address it lies at.',
    'Whoever runs the client must mend it; the client_id inside must equal the address exactly.',
  ),
  client_document_not_trusted: words(
    'Clients that publish a document at this place are not let in.',
    'The project’s policy names the hosts it accepts.',
    'Allow the host in the settings if you know the client.',
  ),
  assertion_refused: words(
    'The word of an identity provider did not hold here.',
    'Another audience, an expired or reused assertion, or an issuer this project does not trust.',
    'The detail says why; compare the issuer and audience with the trusted issuers of this project.',
  ),
  dpop_refused: words(
    'The proof that the client holds its key was refused.',
    'A clock that is off, a proof for another address or method, or a key that is not the token’s.',
    'Sign a new proof for each request, with htu as the address the client really calls.',
  ),
  upstream_unavailable: words(
    'The user’s identity provider could not be asked.',
    'It was down or slow.',
    'Try again; if it stays, test the provider in the settings.',
  ),
  handoff_refused: words(
    'What your backend said about a sign-in was not accepted.',
    'The hand-off was unknown, used, expired or of another project.',
    'Confirm each hand-off once, within five minutes, with this project’s server secret.',
  ),
  devices_full: words(
    'Too many devices wait for somebody to enter their code.',
    'A device that asks in a loop, or a flood.',
    'Wait: codes expire by themselves within minutes.',
  ),
  access_token_refused: words(
    'The access token was not accepted.',
    'It has expired, was revoked or is not of this issuer.',
    'Refresh it, or let the user connect again.',
  ),
  device_pending: words('The user has not decided yet.', 'The device polls, as it should.', 'Nothing: this is how devices wait.'),
  device_slow_down: words(
    'The device polls faster than it was told to.',
    'It ignores the interval of the answer.',
    'Wait five seconds more after each slow_down.',
  ),
  device_denied: words('The user chose Deny for this device.', 'They did not expect the request.', 'Start again if it was a mistake.'),
  device_expired: words(
    'Nobody entered the code in time.',
    'The code on the device counts for a few minutes.',
    'Start again on the device.',
  ),
  registration_token_wrong: words(
    'The token that manages this registration is not the right one.',
    'The client lost it or kept an older one.',
    'Let the client register anew.',
  ),
  client_ids_differ: words(
    'The request named two different clients.',
    'The Authorization header and the body disagree.',
    'Send the client_id in one place only.',
  ),
  credentials_missing: words(
    'The request did not say which client it is.',
    'No client_id, no Authorization header; a proxy may have removed it.',
    'Send the client_id in the body or HTTP Basic credentials.',
  ),
  grant_type_not_allowed: words(
    'This client may not get tokens in this way.',
    'It did not register for the grant type.',
    'Register the client with the grant type, or edit it on its page.',
  ),
  project_suspended: words(
    'The project is suspended.',
    'It was switched off, so nobody gets a token.',
    'An owner can switch it on again in the settings.',
  ),
  switched_off: words(
    'This way in is switched off in the settings.',
    'The client uses a feature that the project does not offer.',
    'Switch it on in the settings, or configure the client otherwise.',
  ),
  code_malformed: words(
    'What was sent as a code cannot be one of ours.',
    'It was cut off or belongs to another server.',
    'The client must send the code parameter exactly as it got it.',
  ),
  code_unknown: words(
    'No authorization code like this was ever given out here, or it is long gone.',
    'The client talks to the wrong issuer or kept an old code.',
    'Start the connection again.',
  ),
  code_of_other_client: words(
    'The code was given to another client.',
    'Two clients share a callback, or a code was stolen.',
    'If you do not know both clients, revoke the one that presented it.',
  ),
  redirect_uri_mismatch: words(
    'The redirect URI at the token endpoint is not the one of the authorization request.',
    'The client builds it twice, with another port, path or slash.',
    'Send the very same redirect_uri both times.',
  ),
  pkce_mismatch: words(
    'The code_verifier does not fit the code_challenge.',
    'The client lost its verifier between the two steps, or a code was stolen.',
    'Keep the verifier with the attempt; start a new one for each.',
  ),
  issuer_mismatch: words(
    'The code belongs to another issuer of this project.',
    'The client mixes endpoints of two issuers.',
    'Let it read the metadata of one issuer and use only that.',
  ),
  code_expired: words(
    'The authorization code came too late.',
    'The client took longer than a code lives, often because its server was asleep.',
    'Redeem the code at once; if this repeats, look at how long the client takes after the callback.',
  ),
  code_raced: words(
    'The same code was sent twice at the same moment.',
    'A double click or a retry; one of the two got the token.',
    'Nothing, if the connection works. Otherwise let the client send it once.',
  ),
  code_replayed: words(
    'A code came back after it was spent.',
    'A copy of the code is in other hands, or the client repeats its callback.',
    'Everything the code led to was revoked; the user must connect again. Look at the address of both uses.',
  ),
  code_revoked: words(
    'What the code belongs to was revoked before it was redeemed.',
    'The user or a member ended the grant meanwhile.',
    'Let the user connect again.',
  ),
  refresh_malformed: words(
    'What was sent as a refresh token cannot be one of ours.',
    'It was cut off, or belongs to another server.',
    'The client must store refresh tokens unchanged, up to 512 characters.',
  ),
  refresh_unknown: words(
    'No refresh token like this is known here.',
    'It is of another project, or expired so long ago that it was deleted.',
    'Let the user connect again.',
  ),
  refresh_of_other_client: words(
    'The refresh token was given to another client.',
    'Two clients share a store, or a token was stolen.',
    'If you do not know both clients, revoke the one that presented it.',
  ),
  refresh_expired: words(
    'The refresh token has expired.',
    'The client was not used for longer than the project allows.',
    'The user must connect again; lengthen the lifetime in the settings if this happens too often.',
  ),
  refresh_revoked: words(
    'The grant behind this refresh token has ended.',
    'The user, a member or the client itself revoked it.',
    'The user must connect again.',
  ),
  refresh_reused: words(
    'An old refresh token came back long after it was replaced.',
    'The client did not store the newer token, or a copy is in other hands.',
    'Its family was revoked. If it repeats for one client, that client loses tokens: two processes may share one store.',
  ),
  scope_not_granted: words(
    'None of the scopes that were asked for may be granted.',
    'The client asks for scopes this project does not have, or the user allowed fewer.',
    'Compare the scopes the client asks for with those of the project.',
  ),
  resource_not_granted: words(
    'The client asked for a resource that the user did not allow.',
    'It refreshes for another resource than it connected for.',
    'Connect again with both resources.',
  ),
  resource_unknown: words(
    'The resource is not one that this project issues tokens for.',
    'A trailing slash, another host or another case than the project’s resource.',
    'Add the identifier that the client sends to the resources, or as an alias of one.',
  ),
  resource_malformed: words(
    'The resource is not an absolute URI without a fragment.',
    'The client sends a name where an address belongs.',
    'Send the address of the MCP server as RFC 8707 wants it.',
  ),
  secret_missing: words(
    'The request needs a secret of this project and had none.',
    'Your backend does not send its Authorization header, or a proxy removed it.',
    'Send Authorization: Bearer with the server secret.',
  ),
  secret_wrong: words(
    'The secret that was sent is not a live one of this project.',
    'It was revoked, its overlap is over, or it is of another project or environment.',
    'Make a new secret under Keys & secrets and put it where the old one was.',
  ),
  registration_full: words(
    'The project has as many clients as it allows.',
    'Open registration and a client that registers on each start, or a flood.',
    'Delete unused clients, or guard registration with the registration secret.',
  ),
  redirect_uri_refused: words(
    'The redirect URI of a registration is not allowed.',
    'It is not HTTPS, has a fragment, or its host is not one the project accepts.',
    'Allow the host in the settings, or mend the client’s redirect URI.',
  ),
  metadata_refused: words(
    'What the client says of itself at registration is not valid.',
    'A field has the wrong type, or contradicts another.',
    'Read the error_description that the client was given.',
  ),
  subject_token_refused: words(
    'The token your server wanted to exchange did not hold.',
    'It has expired, or is not for this server.',
    'The detail says why; exchange a token that was issued for the calling server.',
  ),
  too_many_requests: words(
    'Somebody asked too often and must wait.',
    'A loop in a client, or an attempt to guess.',
    'The answer carried Retry-After; a client that respects it recovers by itself.',
  ),
}

/** Why a grant ended. */
const OF_REVOCATION: Readonly<Record<RevocationReason, ReasonWords>> = {
  code_replayed: OF_PROTOCOL.code_replayed,
  refresh_reused: OF_PROTOCOL.refresh_reused,
  token_revoked: words('The client gave its token back.', 'Somebody disconnected in the client.', 'Nothing: this is how clients sign out.'),
  client_revoked: words('Its client was revoked.', 'A member revoked the client with all its grants.', 'Users connect again if they may.'),
  user: words('The user ended it.', 'They used their page of connected apps.', 'Nothing: it is theirs to end.'),
  member: words('A member ended it.', 'Somebody of your team revoked it in the dashboard.', 'The user can connect again.'),
}

const HANDOFF_BACKEND = 'Your backend confirmed a hand-off that does not hold.'

/** What pages and actions call their own, and what says it all by having happened. */
const OF_PAGES: Readonly<Record<string, ReasonWords>> = {
  redirect_uri_unregistered: words(
    'The redirect URI of the request is not one of the client’s.',
    'The client moved to another address or port since it registered.',
    'Add the redirect URI to the client, or let it register anew.',
  ),
  pushed_used: words(
    'A pushed request was opened a second time.',
    'The user went back in their browser.',
    'Start again in the client: each pushed request counts once.',
  ),
  pushed_unknown: words(
    'No pushed request is known under this address.',
    'It expired after a minute, or is of another project.',
    'Start again in the client.',
  ),
  sign_in_credentials: words(
    'A wrong password or an unknown address.',
    'People mistype; many at once look like guessing.',
    'Nothing, unless the number grows: tries are slowed down by themselves.',
  ),
  sign_in_code: words(
    'A wrong or expired code from a mail.',
    'An older mail was used, or the code was mistyped.',
    'Ask for a new code; only the newest counts.',
  ),
  sign_in_passkey: words(
    'A passkey did not open the account.',
    'It was removed, or belongs to another address of this server.',
    'Sign in another way and add the passkey again.',
  ),
  interaction_forbidden: words(
    'A form came back from another browser or another site.',
    'Cookies are blocked, or somebody forwarded a link in the middle of a sign-in.',
    'Start again in one browser with cookies allowed.',
  ),
  upstream_state: words(
    'Somebody came back from a provider without having been sent there.',
    'An old tab, a second browser, or a forged link.',
    'Start again in the client.',
  ),
  handoff_unknown: words(HANDOFF_BACKEND, 'The request is not one of ours, or was deleted.', 'Send back the request exactly as it came.'),
  handoff_other_project: words(
    HANDOFF_BACKEND,
    'The server secret is of another project than the hand-off.',
    'Use the secret of the project that sent the browser; test and live have their own.',
  ),
  handoff_other_browser: words(
    'A hand-off came back in another browser than it began in.',
    'The user changed browsers, or followed somebody’s link.',
    'Start again in the client.',
  ),
  handoff_no_proof: words(
    'A browser came back without proof that it began the hand-off.',
    'Cookies are blocked or were deleted.',
    'Allow cookies for the issuer and start again.',
  ),
  handoff_used: words(
    'A hand-off was used a second time.',
    'The user went back, or your backend confirmed twice.',
    'Start again in the client.',
  ),
  handoff_expired: words(
    'The hand-off came too late.',
    'Signing in took longer than five minutes.',
    'Start again; keep the sign-in page short.',
  ),
  handoff_over: words('The hand-off came too late or twice.', 'An old tab.', 'Start again in the client.'),
  handoff_confirmed: words(
    'The hand-off was confirmed before, with another content.',
    'Your backend sent two different users for one request.',
    'Confirm each hand-off once.',
  ),
  handoff_denied: words(
    'Your backend let nobody in.',
    'It answered deny; what it said stands in the detail.',
    'Look there for why, in your own log.',
  ),
  device_unknown: words(
    'No device waits with this code.',
    'It was mistyped, has expired or was used.',
    'Compare the code with the device’s screen, or start again there.',
  ),
  credential_misused: words(
    'A real secret of this project was presented where it does not belong.',
    'Secrets were mixed up in a configuration, or somebody tries out what they found.',
    'Find who sent it by its address, and rotate the secret if you do not know them.',
  ),
  'grant.denied': words(
    'The user chose Deny.',
    'They did not want it, or did not know the client.',
    'Nothing: the client was told access_denied.',
  ),
  'user.sign_in_throttled': words(
    'Too many wrong passwords or codes.',
    'Somebody forgot their password, or somebody guesses.',
    'Nothing: further tries wait. Many of these from many addresses are an attack.',
  ),
  'authz.denied': words(
    'A member tried what their role does not allow.',
    'Their role is smaller than their work.',
    'An admin can change the role under Members.',
  ),
}

const ALL: Readonly<Record<string, ReasonWords>> = { ...OF_PAGES, ...OF_PROTOCOL, ...OF_REVOCATION }

/** By the stable code of an error; null for one nobody foresaw, such as a provider's own. */
export function reasonWords(code: string): ReasonWords | null {
  if (Object.hasOwn(ALL, code)) return ALL[code] ?? null
  if (!code.startsWith('upstream_')) return null
  return words(
    'An identity provider did not do its part.',
    `It said “${code.slice('upstream_'.length)}”, or could not be understood.`,
    'Test the provider in the settings: that finds most causes.',
  )
}
