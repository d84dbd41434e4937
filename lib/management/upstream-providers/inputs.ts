import { z } from 'zod'
import { parseUrl } from '#lib/oauth/url.ts'
import { displayName, uuid } from '../fields.ts'

/** What each is called, and where its issuer comes from: fixed, made of what is typed, or none (GitHub is no OpenID provider). */
export const PROVIDER_PRESETS = {
  google: { label: 'Google', issuerField: null },
  github: { label: 'GitHub', issuerField: null },
  entra: { label: 'Microsoft', issuerField: { label: 'Directory (tenant) ID', example: '8eaef023-2b34-4da1-9baa-8bc8c9d6a490' } },
  okta: { label: 'Okta', issuerField: { label: 'Okta domain', example: 'acme.okta.com' } },
  oidc: { label: 'Single sign-on', issuerField: { label: 'Issuer', example: 'https://login.example.com' } },
} as const satisfies Record<string, { label: string; issuerField: { label: string; example: string } | null }>

export type ProviderPresetName = keyof typeof PROVIDER_PRESETS

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * The issuer that somebody's words mean, or a sentence about them; null for GitHub. An issuer for everybody at Microsoft (`common`) is
 * none: whoever runs any tenant could name any person.
 */
function issuerOf(preset: ProviderPresetName, typed: string): { issuer: string | null } | { problem: string } {
  switch (preset) {
    case 'github':
      return { issuer: null }
    case 'google':
      return { issuer: 'https://accounts.google.com' }
    case 'entra': {
      const [, tenant = ''] = /^(?:https:\/\/login\.microsoftonline\.com\/)?([^/]+)(?:\/v2\.0\/?)?$/.exec(typed.toLowerCase()) ?? []
      if (!GUID.test(tenant))
        return { problem: 'The tenant ID: 32 digits and letters with hyphens. “common” would let in every Microsoft tenant' }
      return { issuer: `https://login.microsoftonline.com/${tenant}/v2.0` }
    }
    case 'okta': {
      const url = typed.includes('://') ? typed : `https://${typed}`
      return isIssuer(url)
        ? { issuer: url.replace(/\/+$/, '') }
        : { problem: 'A domain such as acme.okta.com, or the issuer of an authorization server there' }
    }
    case 'oidc':
      return isIssuer(typed) ? { issuer: typed } : { problem: 'The https URL that it calls itself, as its discovery document says it' }
  }
}

/** OpenID Connect Discovery §3: no query and no fragment. Whether it leads to the public internet is for the server to judge. */
function isIssuer(text: string): boolean {
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(text) || /[?#]/.test(text)) return false
  const url = parseUrl(text)
  return url !== null && !url.username && !url.password && url.hostname.length > 0
}

/** One spelling: what is sealed belongs to it, letter by letter. */
const providerId = uuid.toLowerCase()
const clientIdThere = z.string().trim().min(1, 'The client ID that the provider gave you').max(500, 'At most 500 characters')
const clientSecretThere = z.string().trim().min(1, 'The client secret that the provider gave you').max(2_000, 'At most 2,000 characters')
const scopeThere = z
  .string()
  .trim()
  .max(1_000, 'At most 1,000 characters')
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]*(?: +[\x21\x23-\x5b\x5d-\x7e]+)*$/, 'Scopes, with a blank between them')
  .transform((scope) => scope.replace(/ +/g, ' '))

export const createUpstreamProviderInput = z
  .object({
    /** Part of the callback URL, which the provider wants to know first. Left out, one is made. */
    id: providerId.optional(),
    preset: z.enum(['oidc', 'google', 'github', 'entra', 'okta']),
    name: displayName.optional(),
    /** A tenant, a domain or an issuer, as the preset wants it. */
    issuer: z.string().trim().max(500, 'At most 500 characters').default(''),
    clientId: clientIdThere,
    clientSecret: clientSecretThere,
    scope: scopeThere.default(''),
    keepTokens: z.boolean().default(false),
  })
  .transform(({ issuer: typed, ...wanted }, check) => {
    const found = issuerOf(wanted.preset, typed)
    if (!('problem' in found)) return { ...wanted, name: wanted.name ?? PROVIDER_PRESETS[wanted.preset].label, ...found }
    check.addIssue({ code: 'custom', path: ['issuer'], message: found.problem, input: typed })
    return z.NEVER
  })
export type CreateUpstreamProviderInput = z.input<typeof createUpstreamProviderInput>

export const updateUpstreamProviderInput = z.object({
  id: providerId,
  name: displayName.optional(),
  clientId: clientIdThere.optional(),
  /** A new one; left out, the old one stays. */
  clientSecret: clientSecretThere.optional(),
  scope: scopeThere.optional(),
  keepTokens: z.boolean().optional(),
  enabled: z.boolean().optional(),
})
export type UpdateUpstreamProviderInput = z.input<typeof updateUpstreamProviderInput>

export const listUpstreamProvidersInput = z.object({})
export type ListUpstreamProvidersInput = z.input<typeof listUpstreamProvidersInput>

export const upstreamProviderInput = z.object({ id: providerId })
export type UpstreamProviderInput = z.input<typeof upstreamProviderInput>
