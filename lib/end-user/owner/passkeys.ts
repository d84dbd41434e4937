import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, UniqueViolation } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthResult, ResourceOwnerSession } from '#lib/oauth/context.ts'
import { forbidden } from '#lib/oauth/interaction.ts'
import { accountDetails } from '../account.ts'
import { attempt, type Back } from '../attempt.ts'
import { toPlace } from '../destination.ts'
import { createPasskeyChallenge, PASSKEY_CHALLENGE_MINUTES, spendPasskeyChallenge } from '../passkey/challenge.ts'
import { holdAccount, keepPasskey, MAX_PASSKEYS, passkeysOf, removePasskey } from '../passkey/passkey.ts'
import { PasskeyRefused } from '../passkey/refused.ts'
import { relyingPartyOf, userHandleOf } from '../passkey/relying-party.ts'
import { PASSKEY_ALGORITHMS, parseRegistration, verifyRegistration } from '../passkey/response.ts'
import type { OwnerForm } from './form.ts'

const MAX_NAME = 60

/**
 * What the page's script asks the browser with, as JSON (`PublicKeyCredentialCreationOptionsJSON`, WebAuthn Level 3 §5.1.9). The ids of
 * passkeys that the user has go with it, so that no authenticator makes a second one.
 */
export async function askToAddPasskey({ owner }: OwnerForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser } = ctx
  const { projectId } = issuer
  const { hash } = browser
  if (!issuer.signInWays.passkey || hash === null) return forbidden(ctx)
  const ask = async (): Promise<OAuthResult> => {
    requireWholeSession(owner)
    const [details, passkeys] = await Promise.all([accountDetails(projectId, owner), passkeysOf(projectId, owner.userId)])
    if (!details?.recent) throw new PasskeyRefused('not_recent')
    if (passkeys.length >= MAX_PASSKEYS) throw new PasskeyRefused('passkey_full')
    const name = owner.email ?? owner.name ?? issuer.projectName
    const body = {
      challenge: await createPasskeyChallenge(projectId, { browserHash: hash, userId: owner.userId }),
      rp: { id: relyingPartyOf(issuer).id, name: issuer.projectName },
      user: { id: userHandleOf(projectId, owner.userId), name, displayName: owner.name ?? name },
      pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: passkeys.map(({ credentialId, transports }) => ({ type: 'public-key', id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
      timeout: PASSKEY_CHALLENGE_MINUTES * 60_000,
    }
    return { kind: 'json', status: 200, body }
  }
  return attempt([['sign_in', ctx.address]], ask, backToAccount(ctx), ctx)
}

/** `credential`: what the browser answered; `name`. */
export async function addPasskey({ owner, parameters }: OwnerForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, address } = ctx
  const { projectId } = issuer
  const { userId } = owner
  const { hash: browserHash, sessionHash } = browser
  if (!issuer.signInWays.passkey || browserHash === null) return forbidden(ctx)

  const add = async (): Promise<OAuthResult> => {
    requireWholeSession(owner)
    const registration = parseRegistration(parameters.get('credential'))
    const registered = registration && (await verifyRegistration(registration, relyingPartyOf(issuer)))
    if (!registered) throw new PasskeyRefused('passkey_invalid')
    const name = passkeyName(parameters.get('name'))
    await inTransaction(async (tx) => {
      await holdAccount(tx, projectId, { userId, sessionHash })
      await spendPasskeyChallenge(tx, projectId, registration.challenge, { browserHash, userId })
      await keepPasskey(tx, projectId, { userId, name, registered })
      await recordAudit(tx, { projectId, address, actor: { kind: 'user', id: userId } }, { action: 'passkey.added', userId, name })
    })
    return toPlace(issuer, 'account', { done: 'passkey' })
  }
  return attempt([['sign_in', address]], () => unlessKnown(add), backToAccount(ctx), ctx)
}

/** `passkey`: its id. One that is gone already is no mistake: it was a double click. */
export async function removeOwnPasskey({ owner: { userId }, parameters }: OwnerForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, address } = ctx
  const { projectId } = issuer
  const credentialId = parameters.get('passkey')
  if (!issuer.signInWays.passkey || credentialId === undefined) return forbidden(ctx)

  const remove = async (): Promise<OAuthResult> => {
    await inTransaction(async (tx) => {
      await holdAccount(tx, projectId, { userId, sessionHash: browser.sessionHash })
      const name = await removePasskey(tx, issuer, { userId, credentialId })
      if (name === null) return
      await recordAudit(tx, { projectId, address, actor: { kind: 'user', id: userId } }, { action: 'passkey.removed', userId, name })
    })
    return toPlace(issuer, 'account', { done: 'passkey-removed' })
  }
  return attempt([['sign_in', address]], remove, backToAccount(ctx), ctx)
}

/** Whoever was let in for less than everything must not make themselves a key to all of it. */
function requireWholeSession({ scopeCeiling }: ResourceOwnerSession): void {
  if (scopeCeiling !== null) throw new PasskeyRefused('passkey_limited')
}

const backToAccount =
  ({ issuer }: OAuthContext): Back =>
  (error) =>
    toPlace(issuer, 'account', { error })

async function unlessKnown<T>(keep: () => Promise<T>): Promise<T> {
  try {
    return await keep()
  } catch (error) {
    throw error instanceof UniqueViolation ? new PasskeyRefused('passkey_exists') : error
  }
}

/** One line of at most sixty characters. */
function passkeyName(typed: string | undefined): string {
  const line = (typed ?? '').replace(/[\p{C}\s]+/gu, ' ').trim()
  return [...line].slice(0, MAX_NAME).join('') || 'Passkey'
}
