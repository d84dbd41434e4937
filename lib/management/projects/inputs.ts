import { z } from 'zod'
import { parseUrl } from '#lib/oauth/url.ts'
import { displayName, emailAddress, keyCursor, listQuery, take } from '../fields.ts'
import { resourceIdentifier } from '../resources/inputs.ts'

/** Names that are paths or hosts of ours now or may be one day, or that would mislead people in a URL. */
const RESERVED_SLUGS = new Set(
  `about account accounts admin administrator api app apps assets auth billing blog callback cdn cname console dashboard dns docs download
  email ftp health help host hostmaster http https imap info internal legal localhost login logout mail management media metrics next
  null oauth oauth2 official oidc openid postmaster pricing privacy projects public register registration robots root saml security
  settings sign-in sign-out sign-up signin signout signup smtp ssl sso static status support sys system terms undefined webhooks
  webmaster well-known wpad www _next p`.split(/\s+/),
)

/** Part of the issuer's URL, for ever: one spelling only. */
export const projectSlug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/, '3 to 40 characters: a–z, 0–9 and hyphens, none at the ends')
  .refine((slug) => !slug.startsWith('xn--'), 'This slug is reserved')
  .refine((slug) => !RESERVED_SLUGS.has(slug), 'This slug is reserved')

/** A slug for a name, as the form proposes it; null when too little of the name can be one. */
export function slugOf(name: string): string | null {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  return projectSlug.safeParse(slug).success ? slug : null
}

export const createProjectInput = z.object({
  name: displayName,
  slug: projectSlug.optional(),
  /** The URL of the MCP server to protect. */
  resource: resourceIdentifier,
})
export type CreateProjectInput = z.input<typeof createProjectInput>

export const listProjectsInput = z.object({
  query: listQuery.optional(),
  sort: z.enum(['name', '-name', 'createdAt', '-createdAt']).default('-createdAt'),
  cursor: keyCursor.optional(),
  take,
})
export type ListProjectsInput = z.input<typeof listProjectsInput>

export const getProjectInput = z.object({})

export const deleteProjectInput = z.object({
  /** The project's name, so that nobody deletes another than they mean. */
  name: z.string().trim(),
})
export type DeleteProjectInput = z.input<typeof deleteProjectInput>

export const createTestProjectInput = z.object({
  /** `<slug>-test` unless given. */
  slug: projectSlug.optional(),
})
export type CreateTestProjectInput = z.input<typeof createTestProjectInput>

export const promoteSettingsInput = z.object({
  /** Of the comparison that was looked at: what changed since is not taken over unseen. */
  version: z.string().regex(/^[0-9a-f]{64}$/, 'The version that the comparison named'),
  /** Names of differences that stay as they are in the live project, such as `handoffUrl` or `scope:write`. */
  except: z.array(z.string().max(120)).max(200).readonly().default([]),
})
export type PromoteSettingsInput = z.input<typeof promoteSettingsInput>

/** As a URL parser spells it: a list is compared byte for byte. */
const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/, 'A host name, such as claude.ai')

const webOrigin = z
  .string()
  .trim()
  .max(300)
  .refine((text) => /^https?:\/\//.test(text) && parseUrl(text)?.origin === text, {
    message: 'An origin without a path, such as https://app.example.com',
  })

/** A page that people are sent to; http only on this machine. */
const publicPage = z
  .url({ protocol: /^https?$/, error: 'A full https URL' })
  .max(2048)
  .refine((text) => /^https:|^http:\/\/(?:localhost|127\.0\.0\.1)(?=[:/]|$)/.test(text), 'A full https URL')

/** A name within a name of the customer's: never one that a specification gives a meaning, now or later (RFC 7519 §4.2). */
const claimMapping = z.object({
  claim: z
    .string()
    .trim()
    .max(200, 'At most 200 characters')
    .regex(
      /^(?:https:\/\/[a-z0-9.-]+(?:[/:?#][\x21-\x7e]*)?|urn:[a-z0-9][a-z0-9-]{0,31}:[\x21-\x7e]+)$/i,
      'A claim is a URI of yours, such as https://example.com/plan',
    ),
  /** Name of an attribute. */
  from: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'The name of an attribute: letters, digits, dots, hyphens and underscores'),
})

/** As a line of text: `https://example.com/plan = plan`. What is amiss with it, the input says. */
export function claimMappingOf(line: string): { claim: string; from: string } {
  const at = line.lastIndexOf('=') // no attribute has one in its name
  return at < 0 ? { claim: line, from: '' } : { claim: line.slice(0, at).trim(), from: line.slice(at + 1).trim() }
}

const REFRESH_LIFE = 'From 3,600 to 31,536,000 seconds'
const refreshLife = z.coerce.number<number | string>().int('Whole seconds').min(3_600, REFRESH_LIFE).max(31_536_000, REFRESH_LIFE)

/** As a number of days, or null; a form says null as an empty text. */
const daysOrNever = (most: number) => {
  const range = `From 1 to ${most} days`
  const days = z.coerce.number<number | string>().int('Whole days').min(1, range).max(most, range)
  return z.union([z.null(), z.literal('').transform(() => null), days], { error: `${range}, or null for never` })
}

export const updateProjectInput = z.object({
  name: displayName.optional(),
  registrationMode: z.enum(['guarded', 'open', 'off']).optional(),
  issParameter: z.boolean().optional(),
  signUpOpen: z.boolean().optional(),
  accessTokenTtlSeconds: z.coerce
    .number<number | string>()
    .int('Whole seconds')
    .min(600, 'From 600 to 86,400 seconds')
    .max(86_400, 'From 600 to 86,400 seconds')
    .optional(),
  /** How long a refresh token waits for its next use; and how long all that follow from one sign-in live together. */
  refreshIdleSeconds: refreshLife.optional(),
  refreshAbsoluteSeconds: refreshLife.optional(),
  /** How long a signing key signs; null: until somebody rotates it. */
  keyRotationDays: daysOrNever(730).optional(),
  /** How long rows of the audit log are kept; null: for ever. */
  auditRetentionDays: daysOrNever(3650).optional(),
  clientCredentials: z.boolean().optional(),
  tokenExchange: z.boolean().optional(),
  signingAlgorithm: z.enum(['ES256', 'RS256']).optional(),
  offerAllScopes: z.boolean().optional(),
  documentPolicy: z.enum(['open', 'allow-list', 'deny']).optional(),
  documentHosts: z.array(hostName).max(100, 'At most 100 hosts').readonly().optional(),
  privateUseSchemes: z.boolean().optional(),
  allowedOrigins: z.array(webOrigin).max(100, 'At most 100 origins').readonly().optional(),
  tokenType: z.enum(['bearer', 'Bearer']).optional(),
  offlineAccessRequired: z.boolean().optional(),
  enterpriseAuthorization: z.boolean().optional(),
  workloadIdentity: z.boolean().optional(),
  pushedRequests: z.boolean().optional(),
  dpop: z.enum(['off', 'on', 'nonce']).optional(),
  deviceGrant: z.boolean().optional(),
  openidConnect: z.boolean().optional(),
  signInPassword: z.boolean().optional(),
  signInEmail: z.boolean().optional(),
  signInPasskey: z.boolean().optional(),
  handoffUrl: publicPage.nullable().optional(),
  accentColor: z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, 'A colour such as #2563eb')
    .nullable()
    .optional(),
  claimMappings: z
    .array(claimMapping)
    .max(20, 'At most 20 claims')
    .refine((mappings) => new Set(mappings.map(({ claim }) => claim)).size === mappings.length, 'No claim twice')
    .readonly()
    .optional(),
  supportUrl: publicPage.nullable().optional(),
  policyUrl: publicPage.nullable().optional(),
  termsUrl: publicPage.nullable().optional(),
})
export type UpdateProjectInput = z.input<typeof updateProjectInput>

/** What a new project has, so that every page can say which values are defaults. */
export const DEFAULT_SETTINGS = {
  registrationMode: 'guarded',
  privateUseSchemes: true,
  documentPolicy: 'open',
  documentHosts: [],
  signInPassword: true,
  signInEmail: false,
  signInPasskey: false,
  signUpOpen: true,
  offerAllScopes: false,
  handoffUrl: null,
  claimMappings: [],
  accentColor: null,
  supportUrl: null,
  policyUrl: null,
  termsUrl: null,
  accessTokenTtlSeconds: 3_600,
  refreshIdleSeconds: 2_592_000,
  refreshAbsoluteSeconds: 7_776_000,
  signingAlgorithm: 'ES256',
  keyRotationDays: 90,
  tokenType: 'bearer',
  offlineAccessRequired: false,
  clientCredentials: true,
  tokenExchange: true,
  deviceGrant: false,
  enterpriseAuthorization: false,
  workloadIdentity: false,
  issParameter: true,
  pushedRequests: false,
  openidConnect: false,
  dpop: 'off',
  allowedOrigins: [],
  auditRetentionDays: 365,
} as const satisfies Required<Omit<UpdateProjectInput, 'name'>>

export type SettingName = keyof typeof DEFAULT_SETTINGS

export const setReviewerInput = z.object({
  email: emailAddress,
  /** How long the code counts. */
  days: z.coerce.number<number | string>().int('Whole days').min(1, 'From 1 to 90 days').max(90, 'From 1 to 90 days').default(30),
})
export type SetReviewerInput = z.input<typeof setReviewerInput>

export const getReviewerInput = z.object({})
export const clearReviewerInput = z.object({})

/** Base64 (RFC 4648 §4) of the file: 256 KB of it, which the verb measures exactly. */
export const setLogoInput = z.object({ data: z.base64('A file as base64').min(1, 'A file as base64').max(360_000, 'At most 256 KB') })
export type SetLogoInput = z.input<typeof setLogoInput>

export const removeLogoInput = z.object({})
