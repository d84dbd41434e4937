import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { resolveIssuer } from '#lib/issuer/resolve.ts'
import { auditRows, newSetting } from '../fixtures.ts'
import { createTrustedIssuer } from './create.ts'
import { deleteTrustedIssuer } from './delete.ts'
import type { CreateTrustedIssuerInput, UpdateTrustedIssuerInput } from './inputs.ts'
import { listTrustedIssuers } from './list.ts'
import { updateTrustedIssuer } from './update.ts'

const ISSUER = 'https://acme.idp.example/tenant'
const JWKS_URI = 'https://acme.idp.example/keys'
const RULES = [{ claims: { groups: 'staff' }, scopes: ['read'] }]

let jwk: JWK
let privateJwk: JWK
beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }
  privateJwk = await exportJWK(privateKey)
})

it('keeps an issuer as it was given, in the words of the protocol, and no private part of anything', async () => {
  const { ctx } = await newSetting()
  const given = { kind: 'subject-token', issuer: ISSUER, audience: 'our-client-id', rules: RULES, linkByEmail: true } as const
  const { id } = await createTrustedIssuer(ctx, { ...given, rules: [...RULES], jwks: JSON.stringify({ keys: [jwk] }) })
  const listed = { ...given, id, jwksUri: null, hasKeys: true, createdAt: expect.any(Date), userCount: 0 }
  expect(await listTrustedIssuers(ctx)).toEqual([listed])
  expect((await resolveIssuer(ctx.project.issuer))?.trustedIssuers).toEqual([{ ...given, jwksUri: null, jwks: { keys: [jwk] } }])
})

it('tells how many users an issuer has named, in this project alone', async () => {
  const [{ ctx }, { ctx: other }] = [await newSetting(), await newSetting()]
  for (const { project } of [ctx, other])
    await createTrustedIssuer(project === ctx.project ? ctx : other, { kind: 'subject-token', issuer: ISSUER, jwksUri: JWKS_URI })
  await createTrustedIssuer(ctx, { kind: 'workload', issuer: ISSUER, jwksUri: JWKS_URI, rules: RULES })
  const named = (subject: string, userId: string, issuer = ISSUER) => ({ projectId: ctx.project.id, issuer, subject, userId })
  await prisma().externalIdentity.createMany({
    data: [named('a', 'ada'), named('b', 'ben'), named('b2', 'ben'), named('c', 'cy', 'https://elsewhere.example')],
  })
  expect((await listTrustedIssuers(ctx)).map(({ kind, userCount }) => [kind, userCount])).toEqual([
    ['subject-token', 2],
    ['workload', 0],
  ])
  expect((await listTrustedIssuers(other)).map(({ userCount }) => userCount)).toEqual([0])
})

it('says in the log who is trusted for what, and by which rules', async () => {
  const { ctx } = await newSetting()
  const { id } = await createTrustedIssuer(ctx, { kind: 'workload', issuer: 'spiffe://example.org', jwksUri: JWKS_URI, rules: RULES })
  await deleteTrustedIssuer(ctx, { id })
  const rows = (await auditRows(ctx)).slice(-2)
  const named = { trustedIssuerId: id, kind: 'workload', issuer: 'spiffe://example.org' }
  expect(rows.map(({ action, detail }) => [action, JSON.parse(detail ?? '{}')])).toEqual([
    ['trusted_issuer.created', { ...named, changes: { jwksUri: JWKS_URI, audience: null, rules: RULES, linkByEmail: false } }],
    [
      'trusted_issuer.deleted',
      { ...named, changes: expect.objectContaining({ jwksUri: { before: JWKS_URI, after: null }, rules: { before: RULES, after: null } }) },
    ],
  ])
})

it('reaches cached issuers with each change', async () => {
  const { ctx } = await newSetting()
  const generation = async () => (await prisma().project.findUniqueOrThrow({ where: { id: ctx.project.id } })).generation
  const before = await generation()
  const { id } = await createTrustedIssuer(ctx, { kind: 'id-jag', issuer: ISSUER, jwksUri: JWKS_URI })
  await deleteTrustedIssuer(ctx, { id })
  expect(await generation()).toBe(before + 2)
  expect(await listTrustedIssuers(ctx)).toEqual([])
})

it('trusts an issuer once for each purpose, also when two ask at once', async () => {
  const { ctx } = await newSetting()
  const create = (kind: 'id-jag' | 'subject-token') => createTrustedIssuer(ctx, { kind, issuer: ISSUER, jwksUri: JWKS_URI })
  const outcomes = await Promise.allSettled([create('id-jag'), create('id-jag'), create('id-jag'), create('subject-token')])
  const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
  expect(reasons).toEqual(['conflict', 'conflict'])
  expect((await listTrustedIssuers(ctx)).map(({ kind }) => kind).toSorted()).toEqual(['id-jag', 'subject-token'])
})

describe('refuses', () => {
  const good: CreateTrustedIssuerInput = { kind: 'subject-token', issuer: ISSUER, jwksUri: JWKS_URI }
  it.each<[string, string, (own: string) => Partial<CreateTrustedIssuerInput>]>([
    ['an issuer over http', 'issuer', () => ({ issuer: 'http://acme.idp.example' })],
    ['an issuer that is no URL', 'issuer', () => ({ issuer: 'acme' })],
    ['an issuer with a blank', 'issuer', () => ({ issuer: 'https://acme.idp.example/a b' })],
    ['an issuer with a fragment', 'issuer', () => ({ issuer: 'https://acme.idp.example/#a' })],
    ['an issuer with a user', 'issuer', () => ({ issuer: 'https://acme@idp.example' })],
    ['a trust domain for anything but workloads', 'issuer', () => ({ issuer: 'spiffe://example.org' })],
    ['the project itself', 'issuer', (own) => ({ issuer: own })],
    ['keys over http', 'jwksUri', () => ({ jwksUri: 'http://acme.idp.example/keys' })],
    ['keys in a file', 'jwksUri', () => ({ jwksUri: 'file:///etc/passwd' })],
    ['no keys', 'jwksUri', () => ({ jwksUri: undefined })],
    ['keys and a URL of keys', 'jwksUri', () => ({ jwks: { keys: [jwk] } })],
    ['private keys', 'jwks', () => ({ jwksUri: undefined, jwks: { keys: [privateJwk] } })],
    ['shared secrets', 'jwks', () => ({ jwksUri: undefined, jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } })],
    ['a set that is no JSON', 'jwks', () => ({ jwksUri: undefined, jwks: '{' })],
    ['a workload without a rule', 'rules', () => ({ kind: 'workload' })],
    ['a rule without a claim', 'rules.0.claims', () => ({ rules: [{ claims: {}, scopes: ['read'] }] })],
    ['a rule without a scope', 'rules.0.scopes', () => ({ rules: [{ claims: { sub: 'x' }, scopes: [] }] })],
    ['a rule with a scope that is not there', 'rules.0.scopes', () => ({ rules: [{ claims: { sub: 'x' }, scopes: ['root'] }] })],
    ['an audience for assertions', 'audience', () => ({ kind: 'id-jag', audience: 'x' })],
    ['an e-mail address of a workload', 'linkByEmail', () => ({ kind: 'workload', rules: RULES, linkByEmail: true })],
  ])('%s', async (_, field, changes) => {
    const { ctx } = await newSetting()
    await expect(createTrustedIssuer(ctx, { ...good, ...changes(ctx.project.issuer) })).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.any(String) },
    })
    expect(await listTrustedIssuers(ctx)).toEqual([])
  })

  it('what is not there', async () => {
    const { ctx } = await newSetting()
    await expect(deleteTrustedIssuer(ctx, { id: '01a1fe10-4692-747a-acdd-2da5e398b177' })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a change', () => {
  it('takes what is given and leaves the rest, in the log and in cached issuers', async () => {
    const { ctx } = await newSetting()
    const { id } = await createTrustedIssuer(ctx, { kind: 'subject-token', issuer: ISSUER, jwksUri: JWKS_URI, audience: 'old' })
    await updateTrustedIssuer(ctx, { id, jwks: { keys: [jwk] }, audience: null, rules: RULES })
    expect((await resolveIssuer(ctx.project.issuer))?.trustedIssuers).toEqual([
      { kind: 'subject-token', issuer: ISSUER, jwksUri: null, jwks: { keys: [jwk] }, audience: null, rules: RULES, linkByEmail: false },
    ])
    const row = (await auditRows(ctx)).at(-1)
    expect([row?.action, JSON.parse(row?.detail ?? '{}').changes]).toEqual([
      'trusted_issuer.updated',
      {
        jwks: { before: null, after: expect.any(String) },
        jwksUri: { before: JWKS_URI, after: null },
        audience: { before: 'old', after: null },
        rules: { before: [], after: RULES },
      },
    ])
  })

  it.each<[string, string, 'subject-token' | 'id-jag' | 'workload', Omit<UpdateTrustedIssuerInput, 'id'>]>([
    ['keys over http', 'jwksUri', 'id-jag', { jwksUri: 'http://acme.idp.example/keys' }],
    ['keys and a URL of keys', 'jwksUri', 'id-jag', { jwksUri: JWKS_URI, jwks: { keys: [] } }],
    ['a set that is no JSON', 'jwks', 'id-jag', { jwks: '{' }],
    ['a workload without a rule', 'rules', 'workload', { rules: [] }],
    ['a rule with a scope that is not there', 'rules.0.scopes', 'id-jag', { rules: [{ claims: { sub: 'x' }, scopes: ['root'] }] }],
    ['an audience for assertions', 'audience', 'id-jag', { audience: 'x' }],
    ['an e-mail address of a workload', 'linkByEmail', 'workload', { linkByEmail: true }],
  ])('to %s is refused and changes nothing', async (_, field, kind, change) => {
    const { ctx } = await newSetting()
    const { id } = await createTrustedIssuer(ctx, { kind, issuer: ISSUER, jwksUri: JWKS_URI, rules: RULES })
    const before = await listTrustedIssuers(ctx)
    await expect(updateTrustedIssuer(ctx, { id, ...change })).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.any(String) },
    })
    expect(await listTrustedIssuers(ctx)).toEqual(before)
  })
})
