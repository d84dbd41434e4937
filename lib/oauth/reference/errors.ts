import type { WireError } from './entry.ts'

/** For whoever develops the client. It says nothing that the code itself does not say: several causes have one code on purpose. */
export type ErrorReference = {
  readonly meaning: string
  readonly causes: readonly string[]
  readonly remedy: string
  /** Status where it is answered as JSON; `redirect`: it comes to the client's redirect URI. */
  readonly statuses: readonly (number | 'redirect')[]
}

/** Every `error` that this server sends. What stands between backticks is code. */
export const errorReference: Readonly<Record<WireError, ErrorReference>> = {
  invalid_request: {
    meaning: 'The request is not well formed. The description names what is wrong with it.',
    causes: [
      'A parameter is missing, malformed or there twice.',
      'The body is not what the endpoint reads: a form at the OAuth endpoints, JSON at registration and for backends.',
      'A credential stands in the address instead of the body, or two ways to authenticate were used at once.',
      'The method is not one of the endpoint’s (405), or the body is larger than the endpoint reads (413) or too slow (408).',
    ],
    remedy: 'Read `error_description` and mend the request. Sending the same again gets the same answer.',
    statuses: [400, 405, 408, 409, 413, 'redirect'],
  },
  invalid_client: {
    meaning: 'Whoever calls has not proven to be the client it names, or there is no such client.',
    causes: [
      'The `client_id` is of another project, was deleted or was revoked.',
      'The secret is wrong or was rotated, or the assertion is expired, used before or signed by another key.',
      'The client authenticates in a way that it did not register.',
      'At an endpoint for backends: the server secret is missing or wrong.',
    ],
    remedy: 'Check the id and the credential. A client that registered itself may register again, once.',
    statuses: [401],
  },
  invalid_grant: {
    meaning: 'The code, refresh token, device code or assertion does not count, or not for this client.',
    causes: [
      'It has expired, was used or was revoked: a code lives one minute and counts once.',
      'The `redirect_uri` is not the one of the authorization request, or the `code_verifier` does not fit its challenge.',
      'A refresh token was kept although a newer one had been given.',
      'It came from another issuer, even of the same project.',
      'The whole project is suspended.',
    ],
    remedy: 'Start the flow again. Do not repeat the request: it will not become valid.',
    statuses: [400],
  },
  unauthorized_client: {
    meaning: 'The client is known, but may not do this.',
    causes: [
      'The grant type is not one of the client’s.',
      'The project has this way to get a token switched off, or is suspended.',
      'A public client asked for what needs a secret or a key.',
    ],
    remedy: 'Ask the operator to allow the grant type for this client, or to switch it on for the project.',
    statuses: [400, 'redirect'],
  },
  unsupported_grant_type: {
    meaning: 'The issuer has no such `grant_type`.',
    causes: ['A misspelt name.', 'A grant that this project has switched off.'],
    remedy: 'Use one of `grant_types_supported` in the metadata.',
    statuses: [400],
  },
  unsupported_response_type: {
    meaning: 'Only `response_type=code` is answered.',
    causes: ['The client asks for a token in the address, which OAuth 2.1 does not have.'],
    remedy: 'Use the authorization code flow with PKCE.',
    statuses: [400, 'redirect'],
  },
  invalid_scope: {
    meaning: 'Nothing of what was asked for may be granted.',
    causes: [
      'The scopes are none of this project’s.',
      'They go beyond what the client, the refresh token or the subject token has.',
      'A character that scopes must not have.',
    ],
    remedy: 'Ask for scopes of `scopes_supported`, or leave `scope` out for the project’s default.',
    statuses: [400, 'redirect'],
  },
  invalid_target: {
    meaning: 'The `resource` is not one that this issuer makes tokens for (RFC 8707).',
    causes: [
      'The URL is not that of the MCP server as the project knows it.',
      'At the token endpoint: it was not part of what was granted.',
    ],
    remedy: 'Send the `resource` of the server’s protected resource metadata, byte for byte.',
    statuses: [400, 'redirect'],
  },
  access_denied: {
    meaning: 'The person chose Deny, or was not let in.',
    causes: ['Somebody decided so.'],
    remedy: 'Respect it. Ask again only when the person starts again.',
    statuses: [400, 'redirect'],
  },
  server_error: {
    meaning: 'Something failed here.',
    causes: ['A fault of this installation, not of the request.'],
    remedy: 'Try again later; if it stays, tell the operator when it happened.',
    statuses: [500],
  },
  temporarily_unavailable: {
    meaning: 'Not now.',
    causes: [
      'Too many requests of one kind in a short time (429).',
      'The database, or a page that has to be read first, such as the client’s metadata document, does not answer (503).',
    ],
    remedy: 'Wait as many seconds as `Retry-After` says, then send the same again. Keep your credentials: nothing is wrong with them.',
    statuses: [429, 503],
  },
  not_found: {
    meaning: 'There is nothing at this address.',
    causes: [
      'No project speaks as this issuer.',
      'The endpoint is misspelt, or the project has it switched off.',
      'For an upstream token: none of this user is kept.',
    ],
    remedy: 'Take addresses from the metadata instead of making them up.',
    statuses: [404],
  },
  invalid_redirect_uri: {
    meaning: 'A redirect URI cannot be registered (RFC 7591 §3.2.2).',
    causes: [
      'There is none, or there are more than 20.',
      'It is `http` to another host than a loopback address, or has a fragment.',
      'The project takes no private-use schemes.',
    ],
    remedy: 'Register `https`, or `http` on a loopback address.',
    statuses: [400],
  },
  invalid_client_metadata: {
    meaning: 'Something else of the registration is not acceptable. The description names the member.',
    causes: [
      'A member has the wrong type.',
      '`private_key_jwt` without a key, or with a private one.',
      'The body is not JSON, or has a member twice.',
    ],
    remedy: 'Mend the member that `error_description` names.',
    statuses: [400],
  },
  invalid_token: {
    meaning: 'The bearer token does not count here.',
    causes: [
      'At userinfo: the access token is expired, revoked or of another issuer, or a bound one came without its proof.',
      'At registration: the registration secret, or the registration access token, is missing or wrong.',
    ],
    remedy: 'Get a new access token, or take the current secret.',
    statuses: [401],
  },
  insufficient_scope: {
    meaning: 'The access token is good, but was not granted `openid`.',
    causes: ['The authorization request did not ask for it, or the person left it out.'],
    remedy: 'Ask for `openid` at the authorization endpoint.',
    statuses: [403],
  },
  login_required: {
    meaning: 'With `prompt=none`: somebody would have to sign in.',
    causes: ['Nobody is signed in in this browser, or too long ago for `max_age`.'],
    remedy: 'Send the person again without `prompt=none`.',
    statuses: ['redirect'],
  },
  consent_required: {
    meaning: 'With `prompt=none`: the person would have to be asked.',
    causes: ['They never allowed this client what it asks for, or it asks for more now.'],
    remedy: 'Send the person again without `prompt=none`.',
    statuses: ['redirect'],
  },
  request_not_supported: {
    meaning: 'Request objects (`request`) are not read.',
    causes: ['The client sends its request as a JWT.'],
    remedy: 'Send plain parameters, or push them where the metadata names an endpoint for that.',
    statuses: [400, 'redirect'],
  },
  invalid_request_uri: {
    meaning: 'The `request_uri` is none that was made here.',
    causes: ['It points to a page of the client’s, which is not read.', 'The project has pushed requests switched off.'],
    remedy: 'Push the request first and use the `request_uri` of that answer.',
    statuses: ['redirect'],
  },
  authorization_pending: {
    meaning: 'Nobody has decided about the device yet.',
    causes: ['The person has not typed the code, or is still reading.'],
    remedy: 'Ask again after `interval` seconds.',
    statuses: [400],
  },
  slow_down: {
    meaning: 'The device asks too often.',
    causes: ['Less than `interval` seconds between two requests.'],
    remedy: 'Wait five seconds longer between requests from now on.',
    statuses: [400],
  },
  expired_token: {
    meaning: 'The device code has expired.',
    causes: ['Nobody typed the code within ten minutes, or the device asked too late.'],
    remedy: 'Start again at the device authorization endpoint.',
    statuses: [400],
  },
  invalid_dpop_proof: {
    meaning: 'The DPoP proof is not valid (RFC 9449). The description says why.',
    causes: [
      'It is for another method or URL, too old, used before or badly signed.',
      'There is none although the client, the code or the refresh token is bound to a key.',
    ],
    remedy: 'Make a fresh proof for each request, with the key that the grant is bound to.',
    statuses: [400, 401],
  },
  use_dpop_nonce: {
    meaning: 'The proof must carry a nonce of this server (RFC 9449 §8).',
    causes: ['The first request of a client, or a nonce that is too old.'],
    remedy: 'Repeat the request with the value of the `DPoP-Nonce` header in the proof’s `nonce`.',
    statuses: [400, 401],
  },
}
