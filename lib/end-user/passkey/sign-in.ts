import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { forbidden } from '#lib/oauth/interaction.ts'
import { admit } from '../admit.ts'
import { attempt, type Back } from '../attempt.ts'
import { backToSignIn, type SignInForm } from '../destination.ts'
import { offeredWays } from '../ways.ts'
import { createPasskeyChallenge, PASSKEY_CHALLENGE_MINUTES, spendPasskeyChallenge } from './challenge.ts'
import { counterAhead, countPasskeyUse, findPasskey, type Passkey } from './passkey.ts'
import { PasskeyRefused } from './refused.ts'
import { relyingPartyOf, userHandleOf } from './relying-party.ts'
import { type PasskeyAssertion, parseAssertion, type VerifiedAssertion, verifyAssertion } from './response.ts'

/**
 * What the page's script asks the browser with, as JSON (`PublicKeyCredentialRequestOptionsJSON`, WebAuthn Level 3 §5.1.10). It names
 * no credential: whoever asks learns nothing of any account.
 */
export async function askForPasskey({ destination }: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser } = ctx
  const { hash } = browser
  if (!offeredWays(issuer).passkey || hash === null) return forbidden(ctx)
  const ask = async (): Promise<OAuthResult> => {
    const challenge = await createPasskeyChallenge(issuer.projectId, { browserHash: hash, userId: null })
    const timeout = PASSKEY_CHALLENGE_MINUTES * 60_000
    return { kind: 'json', status: 200, body: { challenge, rpId: relyingPartyOf(issuer).id, userVerification: 'required', timeout } }
  }
  return attempt([['sign_in', ctx.address]], ask, (error) => backToSignIn(issuer, destination, { error }), ctx)
}

/** `credential`: what the browser answered. Unknown, wrong and disabled all look the same. */
export async function enterWithPasskey({ destination, parameters }: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser } = ctx
  const { projectId } = issuer
  const { hash: browserHash } = browser
  if (!offeredWays(issuer).passkey || browserHash === null) return forbidden(ctx)
  const back: Back = (error) => backToSignIn(issuer, destination, { error })

  const enter = async (): Promise<OAuthResult> => {
    const assertion = parseAssertion(parameters.get('credential'))
    const passkey = assertion && (await findPasskey(projectId, assertion.id))
    const verified = passkey && (await verifyAssertion(assertion, withHandle(projectId, passkey), relyingPartyOf(issuer)))
    if (!verified) {
      ctx.count('rejected:sign-in:passkey', 'place' in destination ? undefined : destination.pending.clientId)
      return back('passkey')
    }
    const proof: Proof = { assertion, passkey, verified, browserHash }
    try {
      return await admit(destination, { action: 'user.signed_in', way: 'passkey' }, (tx) => spend(tx, projectId, proof), ctx)
    } catch (error) {
      if (error instanceof PasskeyRefused && error.problem === 'passkey') await recordSuspicion(proof, ctx)
      throw error
    }
  }
  return attempt([['sign_in', ctx.address]], enter, back, ctx)
}

type Proof = {
  readonly assertion: PasskeyAssertion
  readonly passkey: Passkey
  readonly verified: VerifiedAssertion
  readonly browserHash: string
}

type Transaction = Parameters<typeof spendPasskeyChallenge>[0]

const withHandle = (projectId: string, { userId, publicKey }: Passkey) => ({ publicKey, userHandle: userHandleOf(projectId, userId) })

/** Challenge and counter, each for this one time. */
async function spend(tx: Transaction, projectId: string, { assertion, passkey, verified, browserHash }: Proof): Promise<string> {
  await spendPasskeyChallenge(tx, projectId, assertion.challenge, { browserHash, userId: null })
  const used = await countPasskeyUse(tx, projectId, { credentialId: assertion.id, userId: passkey.userId }, verified)
  if (!used) throw new PasskeyRefused('passkey')
  return passkey.userId
}

/** Once for each challenge: it was signed with the real key, so it is spent too. */
async function recordSuspicion({ assertion, passkey, verified, browserHash }: Proof, { issuer, address }: OAuthContext): Promise<void> {
  const { projectId } = issuer
  await inTransaction(async (tx) => {
    await spendPasskeyChallenge(tx, projectId, assertion.challenge, { browserHash, userId: null })
    const kept = await counterAhead(tx, projectId, assertion.id, verified)
    if (kept === null) return
    const { userId, name } = passkey
    const source = { projectId, address, actor: { kind: 'user' } } as const
    await recordAudit(tx, source, { action: 'passkey.suspicious', userId, name, counter: verified.signCount, lastCounter: kept })
  })
}
