import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { forgetKeys } from '#lib/keys/key-set.ts'
import { handoffSigner, idTokenSigner, signer } from '#lib/keys/sign.ts'
import { accessTokenClaims } from '#lib/oauth/access-token.ts'
import type { AccessTokenClaims, HandoffClaims } from '#lib/oauth/context.ts'
import { blockClient } from '../clients/block.ts'
import { auditRows, newGrant, newSetting, type Setting } from '../fixtures.ts'
import { revokeGrant } from '../grants/revoke.ts'
import { revokeKey } from '../keys/revoke.ts'
import { rotateKeys } from '../keys/rotate.ts'
import { updateProject } from '../projects/update.ts'
import { createResourceAlias } from '../resources/create-alias.ts'
import { newClient } from '../samples.ts'
import { createUser } from '../users/create.ts'
import { disableUser } from '../users/disable.ts'
import type { TokenReport } from './check.ts'
import { checkToken } from './check.ts'

type World = { readonly setting: Setting; readonly clientId: string; readonly userId: string; readonly grantId: string }

let world: World
beforeAll(async () => {
  world = await newWorld()
})
afterAll(closeDatabase)

/** A project with a user who allowed a client something. */
async function newWorld(): Promise<World> {
  const setting = await newSetting()
  const clientId = await newClient(setting.ctx)
  const { id: userId } = await createUser(setting.ctx, { email: `${randomUUID()}@example.com`, password: 'a-long-passphrase' })
  return { setting, clientId, userId, grantId: await newGrant(setting.ctx, clientId, userId) }
}

/** As the token endpoint would have issued it. */
function token({ setting: { ctx, created }, clientId, userId, grantId }: World, fields: Partial<AccessTokenClaims> = {}): Promise<string> {
  const subject = { clientId, userId, grantId, scopes: ['read'], resources: [created.resource], lifetimeSeconds: 3_600 }
  const claims = accessTokenClaims({ url: ctx.project.issuer }, { ...subject, issuedAt: new Date() })
  return signer(ctx.project.id)({ ...claims, ...fields } as AccessTokenClaims)
}

const check = ({ setting }: World, text: string): Promise<TokenReport> => checkToken(setting.ctx, { token: text })
const findingOf = ({ findings }: TokenReport, claim: string) => findings.find((each) => each.claim === claim)
const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = (): number => Math.floor(Date.now() / 1000)

it('lets in what the token endpoint issued, and says of each claim why', async () => {
  const report = await check(world, await token(world))
  expect(report).toMatchObject({ kind: 'access-token', isOurs: true, isAccepted: true })
  expect(report.findings.map(({ claim, verdict }) => [claim, verdict])).toEqual(
    ['Signature', 'typ', 'iss', 'aud', 'exp', 'iat', 'client_id', 'sub', 'scope', 'Introspection'].map((claim) => [claim, 'good']),
  )
  expect(JSON.parse(report.header)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' })
  expect(JSON.parse(report.claims)).toMatchObject({ sub: world.userId, client_id: world.clientId })
})

it('takes a token as it stands in a header, with blanks around it', async () => {
  expect(await check(world, `  Bearer ${await token(world)}\n`)).toMatchObject({ isAccepted: true })
})

it.each<[string, string, Partial<AccessTokenClaims> | (() => Partial<AccessTokenClaims>), RegExp]>([
  ['another issuer', 'iss', { iss: 'https://elsewhere.example.com' }, /expects http/],
  ['a slash too many', 'aud', { aud: 'https://mcp.example.com/mcp/' }, /a slash/],
  ['a resource that is gone', 'aud', { aud: 'https://gone.example.com' }, /No resource of this project/],
  ['no audience', 'aud', { aud: [] }, /No resource/],
  ['a time that is over', 'exp', () => ({ exp: now() - 7_300 }), /ran out 2 hours ago/],
  ['a time that has not begun', 'iat', () => ({ iat: now() + 600 }), /begins in 10 minutes/],
  ['a time that is not valid yet', 'nbf', () => ({ nbf: now() + 600 }), /begins in/],
])('refuses a token with %s, and says what is wrong', async (_, claim, fields, words) => {
  const report = await check(world, await token(world, typeof fields === 'function' ? fields() : fields))
  expect(report).toMatchObject({ isOurs: true, isAccepted: false })
  expect(findingOf(report, claim)).toMatchObject({ verdict: 'bad', words: expect.stringMatching(words) })
})

it('says of a scope that is gone, of a bound token and of a client that acts for itself what is worth knowing', async () => {
  const scope = await check(world, await token(world, { scope: 'read gone' }))
  expect(findingOf(scope, 'scope')).toMatchObject({ verdict: 'note', words: expect.stringContaining('gone') })
  const bound = await check(world, await token(world, { cnf: { jkt: 'thumbprint' } }))
  expect(findingOf(bound, 'cnf')).toMatchObject({ verdict: 'note', value: 'thumbprint' })
  const alone = await check(world, await token(world, { sub: world.clientId }))
  expect(findingOf(alone, 'sub')).toMatchObject({ verdict: 'note', words: expect.stringContaining('nobody signed in') })
  const backend = await check(world, await token({ ...world, clientId: 'backend' }, { sub: 'their-own-id', grant_id: undefined as never }))
  expect(findingOf(backend, 'client_id')).toMatchObject({ verdict: 'good', words: expect.stringContaining('backend') })
  expect(findingOf(backend, 'sub')).toMatchObject({ verdict: 'note' })
})

it('names the aliases by which clients ask for the audience', async () => {
  const own = await newWorld()
  await createResourceAlias(own.setting.ctx, { identifier: own.setting.created.resource, alias: 'https://mcp.example.com/sse' })
  expect(findingOf(await check(own, await token(own)), 'aud')?.words).toContain('https://mcp.example.com/sse')
})

it('says that a grant was revoked, that a client is blocked, that a user is disabled, that a token was revoked', async () => {
  const refused = async (changed: (world: World) => Promise<unknown>, claim: string, words: string) => {
    const own = await newWorld()
    const text = await token(own)
    await changed(own)
    const report = await check(own, text)
    expect(report, words).toMatchObject({ isOurs: true, isAccepted: false })
    expect(findingOf(report, claim), words).toMatchObject({ verdict: 'bad', words: expect.stringContaining(words) })
    expect(findingOf(report, 'Introspection'), words).toMatchObject({ value: 'not active' })
  }
  await refused(({ setting, grantId }) => revokeGrant(setting.ctx, { grantId }), 'Introspection', 'What its user allowed was revoked')
  await refused(({ setting, clientId }) => blockClient(setting.ctx, { clientId }), 'client_id', 'blocked')
  await refused(({ setting, userId }) => disableUser(setting.ctx, { userId }), 'sub', 'disabled')
  const own = await newWorld()
  const text = await token(own, { jti: 'revoked-one' })
  const row = { projectId: own.setting.ctx.project.id, jti: 'revoked-one', expiresAt: new Date(Date.now() + 3_600_000) }
  await prisma().revokedToken.create({ data: row })
  expect(findingOf(await check(own, text), 'Introspection')).toMatchObject({
    verdict: 'bad',
    words: expect.stringContaining('It was revoked'),
  })
})

it('tells a retired key from a revoked one, and takes what the key before signed', async () => {
  const own = await newWorld()
  const { ctx } = own.setting
  const text = await token(own)
  const { kid } = JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }
  await rotateKeys(ctx, {})
  expect(await check(own, text)).toMatchObject({ isAccepted: true })
  await prisma().signingKey.updateMany({ where: { projectId: ctx.project.id, kid }, data: { expiresAt: new Date() } })
  expect(findingOf(await check(own, text), 'Signature')).toMatchObject({ verdict: 'bad', words: expect.stringContaining('retired') })
  await revokeKey(ctx, { kid })
  forgetKeys(ctx.project.id)
  expect(findingOf(await check(own, text), 'Signature')).toMatchObject({ verdict: 'bad', words: expect.stringContaining('revoked') })
})

it('says of an ID token, and of a request to a sign-in page, that no server may take it', async () => {
  const own = await newWorld()
  const { ctx } = own.setting
  await updateProject(ctx, { openidConnect: true })
  forgetKeys(ctx.project.id)
  const times = { iat: now(), exp: now() + 600 }
  const claims = { iss: ctx.project.issuer, sub: own.userId, aud: own.clientId, ...times, auth_time: times.iat, at_hash: 'x' }
  const idToken = await check(own, await idTokenSigner(ctx.project.id)(claims))
  expect(idToken).toMatchObject({ kind: 'id-token', isOurs: true, isAccepted: false })
  expect(idToken.findings.map(({ claim, verdict }) => [claim, verdict])).toEqual([
    ...[
      ['Signature', 'good'],
      ['typ', 'bad'],
      ['iss', 'good'],
      ['exp', 'good'],
      ['iat', 'good'],
      ['aud', 'good'],
      ['sub', 'good'],
    ],
  ])
  const handoff = await handoffSigner(ctx.project.id)({ iss: ctx.project.issuer, ...times } as HandoffClaims)
  expect(await check(own, handoff)).toMatchObject({ kind: 'other', isOurs: true, isAccepted: false })
})

it('says of a token of another project that it is not one of this one’s, and nothing more', async () => {
  const other = await newWorld()
  const report = await check(world, await token(other))
  expect(report).toMatchObject({ isOurs: false, isAccepted: false })
  expect(report.findings).toEqual([
    { claim: 'Signature', value: expect.any(String), verdict: 'bad', words: 'Not one of this project’s: none of its keys has this kid.' },
  ])
})

it('believes no token that anybody could have made', async () => {
  const good = await token(world)
  const [header = '', claims = '', signature = ''] = good.split('.')
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
  const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const signedBy = (head: unknown) => {
    const signed = `${base64url(head)}.${claims}`
    return `${signed}.${sign('sha256', Buffer.from(signed), { key: attacker, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
  const shared = `${base64url({ typ: 'at+jwt', alg: 'HS256', kid })}.${claims}`
  const forged = [
    `${base64url({ typ: 'at+jwt', alg: 'none', kid })}.${claims}.${signature}`,
    `${base64url({ typ: 'at+jwt', alg: 'NONE', kid })}.${claims}.x`,
    `${shared}.${createHmac('sha256', 'public key').update(shared).digest('base64url')}`,
    signedBy({ typ: 'at+jwt', alg: 'ES256', kid }),
    signedBy({ typ: 'at+jwt', alg: 'ES256', kid, jwk: { kty: 'EC' } }),
    signedBy({ typ: 'at+jwt', alg: 'RS256', kid }),
    signedBy({ typ: 'at+jwt', alg: 'ES256' }),
    signedBy({ typ: 'at+jwt', alg: 'ES256', kid: `${kid}\0` }),
    signedBy({ typ: 'at+jwt', alg: 'ES256', kid: { $ne: null } }),
    signedBy({ typ: 'at+jwt', alg: ['ES256'], kid }),
    signedBy({ typ: 'at+jwt', alg: 'ES256', kid, crit: ['exp'] }),
    `${header}.${base64url({ ...JSON.parse(Buffer.from(claims, 'base64url').toString()), scope: 'read write' })}.${signature}`,
    `${header}.${claims}.${signature.slice(0, -4)}`,
  ]
  for (const text of forged) {
    const report = await check(world, text)
    expect(report, text).toMatchObject({ isOurs: false, isAccepted: false, findings: [{ claim: 'Signature', verdict: 'bad' }] })
  }
})

it('refuses what is no signed token with a sentence that does not repeat it', async () => {
  const header = base64url({ typ: 'at+jwt', alg: 'ES256', kid: 'k' })
  const twice = Buffer.from('{"aud":"a","aud":"b"}').toString('base64url')
  const deep = Buffer.from(`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`).toString('base64url')
  const cases: [string, RegExp][] = [
    ['gate_rt_SECRETPART.1.salt.mac', /refresh token/],
    ['gate_ac_SECRETPART.mac', /authorization code/],
    ['gate_dc_SECRETPART', /device code/],
    ['gate_cs_SECRETPART', /client secret/],
    ['gate_srv_SECRETPART', /server secret/],
    ['gate_reg_SECRETPART', /registration secret/],
    ['gate_rat_SECRETPART', /registration access token/],
    ['gate_key_SECRETPART', /management API/],
    ['', /A token is needed/],
    ['Bearer ', /A token is needed/],
    ['SECRETPART', /no JWT/],
    ['SECRETPART.a.b.c.d', /encrypted/],
    ['SECRETPART.SECRETPART.SECRETPART', /Its header is not JSON/],
    [`${header}.SECRETPART.x`, /Its second part is not JSON/],
    [`${header}.${base64url([1])}.x`, /not a JSON object/],
    [`${header}.${twice}.x`, /says something twice/],
    [`${header}.${deep}.x`, /nested too deeply/],
    ['SECRETPART'.repeat(2_000), /At most 16,384 characters/],
    [`${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.x`, /not JSON/],
  ]
  for (const [text, words] of cases) {
    const refusal = await check(world, text).catch((error: unknown) => error)
    expect(refusal, text.slice(0, 40)).toMatchObject({ code: 'invalid', fields: { token: expect.stringMatching(words) } })
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain('SECRETPART')
  }
})

it('writes neither a row nor a word about what it was shown', async () => {
  const before = await auditRows(world.setting.ctx)
  const text = await token(world)
  const report = await check(world, text)
  expect(await auditRows(world.setting.ctx)).toEqual(before)
  expect(JSON.stringify(report)).not.toContain(text.split('.')[2])
})
