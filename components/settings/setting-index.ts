import type { SettingName } from '#lib/management/projects/inputs.ts'

/** What stands on the settings pages besides the columns of a project. */
type Elsewhere = 'name' | 'issuers' | 'logo' | 'providers' | 'reviewer' | 'mails'

export type FoundSetting = {
  /** Also the anchor on its page. */
  readonly name: SettingName | Elsewhere
  readonly label: string
  /** Below /settings. */
  readonly page: SettingsPath
  /** What somebody may call it who does not know our word. */
  readonly words: string
}

/** The pages of the settings, by who asks: somebody who brands, somebody who lets people in, somebody who lets programs in. */
export const SETTINGS_PAGES = [
  { path: '', label: 'General' },
  { path: '/sign-in', label: 'Sign-in' },
  { path: '/clients', label: 'Clients' },
  { path: '/protocol', label: 'Tokens & protocol' },
  { path: '/mails', label: 'Mails' },
] as const
type SettingsPath = (typeof SETTINGS_PAGES)[number]['path']

type Entry = Omit<FoundSetting, 'name'>

/** Every setting: one that is missing here does not compile. */
const INDEX: Readonly<Record<FoundSetting['name'], Entry>> = {
  name: { page: '', label: 'Name', words: 'title project rename' },
  issuers: { page: '', label: 'Issuer URL', words: 'base url authorization server address' },
  accentColor: { page: '', label: 'Colour', words: 'color brand accent theme' },
  supportUrl: { page: '', label: 'Help', words: 'support link contact' },
  policyUrl: { page: '', label: 'Privacy policy', words: 'link legal' },
  termsUrl: { page: '', label: 'Terms of service', words: 'link legal tos' },
  logo: { page: '', label: 'Logo', words: 'picture image brand icon' },
  auditRetentionDays: { page: '', label: 'Audit log retention', words: 'keep delete purge history logs days' },
  signInPassword: { page: '/sign-in', label: 'Password', words: 'login' },
  signInEmail: { page: '/sign-in', label: 'Code by e-mail', words: 'magic link otp passwordless email login' },
  signInPasskey: { page: '/sign-in', label: 'Passkey', words: 'webauthn fido passwordless login' },
  signUpOpen: { page: '/sign-in', label: 'People can make their own account', words: 'sign up signup registration users' },
  offerAllScopes: { page: '/sign-in', label: 'Offer every scope', words: 'consent permissions' },
  providers: { page: '/sign-in', label: 'Identity providers', words: 'google github microsoft entra okta oidc sso social login upstream' },
  handoffUrl: { page: '/sign-in', label: 'Your own sign-in page', words: 'handoff hand-off login page custom' },
  claimMappings: { page: '/sign-in', label: 'Custom claims', words: 'attributes token contents' },
  reviewer: { page: '/sign-in', label: 'Reviewer account', words: 'store review test account fixed code directory' },
  registrationMode: { page: '/clients', label: 'Registration', words: 'dcr dynamic client rfc 7591 guarded open off' },
  privateUseSchemes: { page: '/clients', label: 'Apps with a scheme of their own', words: 'redirect uri cursor:// custom scheme' },
  documentPolicy: { page: '/clients', label: 'Client metadata documents', words: 'cimd client id metadata' },
  documentHosts: { page: '/clients', label: 'Hosts of client metadata documents', words: 'cimd allow list' },
  accessTokenTtlSeconds: { page: '/protocol', label: 'Access token lifetime', words: 'ttl expiry expires hours minutes' },
  refreshIdleSeconds: { page: '/protocol', label: 'Unused refresh token', words: 'ttl idle lifetime expiry expires days' },
  refreshAbsoluteSeconds: { page: '/protocol', label: 'Whole sign-in', words: 'ttl absolute refresh token lifetime expiry expires days' },
  signingAlgorithm: { page: '/protocol', label: 'Signing algorithm', words: 'es256 rs256 jwt key' },
  keyRotationDays: { page: '/protocol', label: 'Key rotation', words: 'signing keys schedule jwks days' },
  tokenType: { page: '/protocol', label: 'Spelling of the token type', words: 'bearer casing case' },
  offlineAccessRequired: { page: '/protocol', label: 'Refresh tokens only on request', words: 'offline_access' },
  clientCredentials: { page: '/protocol', label: 'Client credentials', words: 'grant machine m2m' },
  tokenExchange: { page: '/protocol', label: 'Token exchange', words: 'grant rfc 8693 mint backend' },
  deviceGrant: { page: '/protocol', label: 'Device authorization', words: 'grant rfc 8628 device flow code tv' },
  enterpriseAuthorization: { page: '/protocol', label: 'Enterprise-managed authorization', words: 'grant id-jag sso' },
  workloadIdentity: { page: '/protocol', label: 'Workload identity', words: 'grant cloud pipeline kubernetes' },
  issParameter: { page: '/protocol', label: 'Name the issuer in authorization responses', words: 'iss rfc 9207 mix-up' },
  pushedRequests: { page: '/protocol', label: 'Pushed authorization requests', words: 'par rfc 9126' },
  openidConnect: { page: '/protocol', label: 'OpenID Connect', words: 'oidc id token userinfo' },
  dpop: { page: '/protocol', label: 'DPoP', words: 'rfc 9449 sender constrained proof' },
  allowedOrigins: { page: '/protocol', label: 'Origins that browsers may call from', words: 'cors' },
  mails: { page: '/mails', label: 'Mails', words: 'email e-mail preview test send templates' },
}

const SETTINGS: readonly FoundSetting[] = (Object.keys(INDEX) as FoundSetting['name'][]).map((name) => ({ name, ...INDEX[name] }))

/** Where one of them is changed. */
export const settingNamed = (name: FoundSetting['name']): FoundSetting => ({ name, ...INDEX[name] })

/** Those in which every word of the query stands, by label or by another name. Empty for an empty query. */
export function findSettings(query: string): readonly FoundSetting[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const textOf = ({ label, words, name }: FoundSetting) => `${label} ${words} ${name}`.toLowerCase()
  const found = SETTINGS.filter((setting) => words.every((word) => textOf(setting).includes(word)))
  const first = (setting: FoundSetting) => (words.every((word) => setting.label.toLowerCase().includes(word)) ? 0 : 1)
  return found.toSorted((a, b) => first(a) - first(b))
}
