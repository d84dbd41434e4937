import { z } from 'zod'
import type { RelyingParty } from './relying-party.ts'

/** COSE: ES256 and RS256, which every authenticator has one of. */
export const PASSKEY_ALGORITHMS: readonly number[] = [-7, -257]

const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/)

/** A credential id has at most 1,023 bytes (WebAuthn Level 3 §4). */
const credential = { id: base64url(1_364), rawId: base64url(1_364), type: z.literal('public-key') }

const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_096),
    attestationObject: base64url(8_192),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,32}$/))
      .max(16)
      .default([]),
  }),
})

const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_096),
    authenticatorData: base64url(4_096),
    signature: base64url(2_048),
    userHandle: base64url(128),
  }),
})

/** WebAuthn Level 3 §5.8.1, as far as the library leaves it to us: nobody frames our pages, so no answer was made in a frame. */
const clientData = z.object({
  challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  crossOrigin: z.literal(false).optional(),
  topOrigin: z.never().optional(),
})

/** What a browser answered, well formed and not yet verified. `challenge`: which it says it was given. */
export type PasskeyRegistration = z.infer<typeof registration> & { readonly challenge: string }
export type PasskeyAssertion = z.infer<typeof assertion> & { readonly challenge: string }

/** A new passkey. Keys and ids in base64url, the key in COSE. */
export type VerifiedRegistration = {
  readonly credentialId: string
  readonly publicKey: string
  readonly signCount: number
  readonly backedUp: boolean
  readonly transports: readonly string[]
}

export type VerifiedAssertion = { readonly signCount: number; readonly backedUp: boolean }

/** JSON as browsers write a `RegistrationResponseJSON` (WebAuthn Level 3 §5.1); null for anything else. */
export const parseRegistration = (text: string | undefined): PasskeyRegistration | null => parseResponse(registration, text)

/** The same of an `AuthenticationResponseJSON`. It must name its user: without, it was not found by itself but asked for by name. */
export const parseAssertion = (text: string | undefined): PasskeyAssertion | null => parseResponse(assertion, text)

function parseResponse<T extends { response: { clientDataJSON: string } }>(
  schema: z.ZodType<T>,
  text: string | undefined,
): (T & { readonly challenge: string }) | null {
  const response = schema.safeParse(parseJson(text ?? ''))
  if (!response.success) return null
  const said = clientData.safeParse(parseJson(Buffer.from(response.data.response.clientDataJSON, 'base64url').toString()))
  return said.success ? { ...response.data, challenge: said.data.challenge } : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Half a second of a start, so it is loaded when somebody first needs it. */
const library = () => import('@simplewebauthn/server')

/** WebAuthn Level 3 §7.1. Null when anything is not as it must be; whether the challenge was ours is still to be asked. */
export async function verifyRegistration(
  { challenge, ...answered }: PasskeyRegistration,
  { id: expectedRPID, origin: expectedOrigin }: RelyingParty,
): Promise<VerifiedRegistration | null> {
  const { verifyRegistrationResponse } = await library()
  const verified = await unlessRefused(async () => {
    if (!(await attestsNothing(answered.response.attestationObject))) return null
    return verifyRegistrationResponse({
      response: { ...answered, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin,
      expectedRPID,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...PASSKEY_ALGORITHMS],
    })
  })
  if (!verified?.verified) return null
  const { credential, credentialBackedUp: backedUp } = verified.registrationInfo
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    signCount: credential.counter,
    backedUp,
    transports: answered.response.transports,
  }
}

/**
 * We ask for no attestation, so browsers send none, or at most what the new key says of itself. Whoever sends a certificate chain
 * would have us fetch the revocation list that it names.
 */
async function attestsNothing(attestationObject: string): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  const decoded = decodeAttestationObject(Uint8Array.from(Buffer.from(attestationObject, 'base64url')))
  const format = decoded.get('fmt')
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined)
}

/**
 * WebAuthn Level 3 §7.2, but for the counter: what that says counts only once the signature holds, and the database compares it.
 * Null when anything is not as it must be; whether the challenge was ours is still to be asked.
 */
export async function verifyAssertion(
  { challenge, ...answered }: PasskeyAssertion,
  { publicKey, userHandle }: { readonly publicKey: string; readonly userHandle: string },
  { id: expectedRPID, origin: expectedOrigin }: RelyingParty,
): Promise<VerifiedAssertion | null> {
  if (answered.response.userHandle !== userHandle) return null
  const { verifyAuthenticationResponse } = await library()
  const verified = await unlessRefused(() =>
    verifyAuthenticationResponse({
      response: { ...answered, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin,
      expectedRPID,
      credential: { id: answered.id, publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64url')), counter: 0 },
      requireUserVerification: true,
    }),
  )
  if (!verified?.verified) return null
  const { newCounter, credentialBackedUp } = verified.authenticationInfo
  return { signCount: newCounter, backedUp: credentialBackedUp }
}

/** The library refuses by throwing, with messages that hold values of the request. It computes only: nothing else can fail in there. */
async function unlessRefused<T>(verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify()
  } catch {
    return null
  }
}
