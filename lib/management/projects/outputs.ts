import { z } from 'zod'
import { nextCursor } from '../outputs.ts'
import { listedResource } from '../resources/outputs.ts'
import { listedScope } from '../scopes/outputs.ts'
import { liveSecret } from '../secrets/outputs.ts'

const listed = z
  .object({
    slug: z.string(),
    name: z.string(),
    environment: z.enum(['live', 'test']),
    liveSlug: z.string().nullable().describe('Of a test project: the slug of its live one'),
    issuer: z.string().describe('URL of the primary issuer'),
    resource: z.string().describe('The default resource'),
    createdAt: z.date(),
    lastActivityAt: z.date().nullable().describe('The newest event in its log'),
    clientCount: z.int().describe('Living clients, counted up to 1,001'),
    userCount: z.int().describe('Counted up to 1,001'),
    errorCount: z.int().describe('What was refused in the last 24 hours'),
  })
  .meta({ id: 'Project' })

export const listProjectsOutput = z.object({ projects: z.array(listed), nextCursor })

export const deletionImpactOutput = z.object({ users: z.int(), clients: z.int(), grants: z.int().describe('Living grants') })

export const createProjectOutput = z.object({
  slug: z.string(),
  issuer: z.string(),
  resource: z.string().describe('The default one'),
  registrationSecret: z.string().describe('Shown here and never again'),
  serverSecret: z.string().describe('Shown here and never again'),
})

const claimMapping = z.object({ claim: z.string(), from: z.string() })

const projectSettings = z.object({
  registrationMode: z.enum(['guarded', 'off', 'open']),
  issParameter: z.boolean(),
  signingAlgorithm: z.enum(['ES256', 'RS256']),
  accessTokenTtlSeconds: z.int(),
  refreshIdleSeconds: z.int(),
  refreshAbsoluteSeconds: z.int(),
  clientCredentials: z.boolean(),
  tokenExchange: z.boolean(),
  signUpOpen: z.boolean(),
  offerAllScopes: z.boolean(),
  documentPolicy: z
    .enum(['allow-list', 'deny', 'open'])
    .describe('Whose client ID metadata documents are believed: anybody’s, those on `documentHosts`, nobody’s'),
  documentHosts: z.array(z.string()).readonly(),
  privateUseSchemes: z.boolean().describe('Whether `cursor://` and its like may be registered'),
  allowedOrigins: z.array(z.string()).readonly().describe('Origins whose scripts may call; empty: any'),
  tokenType: z.enum(['Bearer', 'bearer']).describe('As responses spell it: some resource servers compare case'),
  offlineAccessRequired: z.boolean(),
  enterpriseAuthorization: z.boolean().describe('ID-JAG (Enterprise-Managed Authorization)'),
  workloadIdentity: z.boolean(),
  pushedRequests: z.boolean(),
  dpop: z.enum(['nonce', 'off', 'on']).describe('`nonce`: on, and every proof must carry a nonce of ours'),
  deviceGrant: z.boolean(),
  openidConnect: z.boolean(),
  claimMappings: z.array(claimMapping).readonly().describe('What of a user’s attributes goes into access tokens'),
  accentColor: z.string().nullable().describe('`#rrggbb`'),
  supportUrl: z.string().nullable(),
  policyUrl: z.string().nullable(),
  termsUrl: z.string().nullable(),
  signInPassword: z.boolean(),
  signInEmail: z.boolean(),
  signInPasskey: z.boolean(),
  handoffUrl: z.string().nullable(),
  keyRotationDays: z.int().nullable(),
  auditRetentionDays: z.int().nullable(),
})

const projectProgress = z.object({
  resourceSetAt: z.date().nullable().describe('A resource to protect is named'),
  metadataFetchedAt: z.date().nullable().describe('Counted, not recorded: the hour it began in'),
  clientRegisteredAt: z.date().nullable(),
  tokenIssuedAt: z.date().nullable(),
  tokenRefreshedAt: z.date().nullable(),
})

const reviewer = z.object({ email: z.string(), expiresAt: z.date() })

const twin = z.object({ slug: z.string(), name: z.string() })

const difference = z.object({
  name: z.string().describe('A setting such as `registrationMode`, or `scope:<name>`'),
  live: z.unknown().describe('As the live project has it; null also for a scope it does not have. Lists are JSON text'),
  test: z.unknown(),
})

export const getProjectOutput = twin.extend({
  createdAt: z.date(),
  suspendedAt: z.date().nullable(),
  settings: projectSettings,
  issuers: z
    .array(z.object({ url: z.string(), kind: z.string(), isPrimary: z.boolean() }))
    .readonly()
    .describe('The primary one first'),
  resources: z.array(listedResource).readonly(),
  scopes: z.array(listedScope).readonly(),
  secrets: z.array(liveSecret).readonly().describe('Newest first; those that count now'),
  progress: projectProgress,
  reviewer: reviewer.nullable().describe('Whoever reviews a client for a store, with a fixed code'),
  logoHash: z.string().nullable().describe('SHA-256 of the logo, hex; null for none'),
  mail: z.enum(['mailbox', 'none', 'smtp']).describe('`none`: what needs mail can not be switched on'),
})

export const getProgressOutput = projectProgress

export const getEnvironmentOutput = z.object({
  environment: z.enum(['live', 'test']),
  live: twin.nullable().describe('Of a test project: the live one it was made for, while there is that'),
  test: twin.nullable().describe('Of a live project: its test project'),
})

export const getPromotionOutput = z.object({
  test: twin,
  differences: z.array(difference).readonly(),
  version: z.string().describe('SHA-256 of the differences, hex: what `promoteSettings` is asked for'),
})

export const promoteSettingsOutput = z.object({ promoted: z.array(z.string()) })
