import { z } from 'zod'

const LOOPBACK = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/

/** A secret of at least 256 bits of text; how to make one stands in `.env.example` and in the message of a failed start. */
const secret = z
  .string()
  .min(32, "must be at least 32 characters: node -e \"console.log(require('crypto').randomBytes(32).toString('base64url'))\"")

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Where this installation lives: origin only. Path issuers, dashboard and sessions are built from it. */
  BASE_URL: z
    .url({ protocol: /^https?$/, abort: true })
    .refine((url) => new URL(url).origin === url, 'must be an origin without a path or a trailing slash, such as https://auth.example.com')
    .refine((url) => url.startsWith('https:') || LOOPBACK.test(new URL(url).hostname), 'must be https unless its host is a loopback name'),
  /** Each project also speaks as https://<slug>.<ISSUER_HOST>. */
  ISSUER_HOST: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d+)?$/, 'must be a host name, such as auth.example.com')
    .optional(),
  NEXTAUTH_SECRET: secret,
  /** Seals private signing keys at rest. */
  KEY_ENCRYPTION_KEY: secret,
  /** Keys the HMACs of codes, refresh tokens and CSRF tokens. */
  TOKEN_PEPPER: secret,
  /** How many proxies stand in front; 0: X-Forwarded-* is ignored. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** `off` lifts the rate limits, for a benchmark. Not on a public host. */
  GATEHOUSE_LIMITS: z.enum(['on', 'off']).default('on'),
  /** `on`: client ID metadata documents and keys may lie on this machine, by http and on any port. For development, never on a public host. */
  OUTBOUND_LOOPBACK: z.enum(['on', 'off']).default('off'),
  /** Where mail leaves: smtp(s)://user:password@host:port. Empty on a loopback name: mail is kept in MAIL_DIR instead and shown at /mailbox. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be such as smtp://user:password@mail.example.com:587' }).optional(),
  /** The address that mail comes from. */
  MAIL_FROM: z.email('must be an e-mail address').optional(),
  /** Where a development installation keeps mail instead of sending it. */
  MAIL_DIR: z.string().default('.data/mailbox'),
  /** Sign in to the dashboard with GitHub: an OAuth app whose callback is BASE_URL/api/auth/callback/github. */
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  /** The same with Google: …/api/auth/callback/google. */
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  /** The same with any OpenID Connect provider, such as your company's: …/api/auth/callback/oidc. */
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** What the button says after “Continue with”. */
  OIDC_NAME: z.string().max(40).default('single sign-on'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
})

/** All of them or none. */
const TOGETHER = [
  ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
] as const

export type Env = Readonly<z.infer<typeof schema>> & {
  readonly secureCookies: boolean
  /** BASE_URL is a name of this machine: a development installation. */
  readonly loopback: boolean
}

let parsed: Env | undefined

/** The configuration, parsed at first use and frozen. Throws one readable line per variable that is missing or wrong. */
export function env(): Env {
  if (parsed) return parsed
  const present = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  const result = schema.safeParse(present)
  if (!result.success) {
    throw new Error(`Configuration:\n${result.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`).join('\n')}`)
  }
  const loopback = LOOPBACK.test(new URL(result.data.BASE_URL).hostname)
  if (result.data.SMTP_URL && !result.data.MAIL_FROM) {
    throw new Error('Configuration:\n  MAIL_FROM must be set where SMTP_URL is, such as no-reply@auth.example.com')
  }
  for (const names of TOGETHER) {
    const missing = names.filter((name) => result.data[name] === undefined)
    if (missing.length > 0 && missing.length < names.length) {
      throw new Error(`Configuration:\n  ${missing.join(', ')} must be set too: ${names.join(', ')} belong together`)
    }
  }
  const { OIDC_ISSUER = '' } = result.data
  if (OIDC_ISSUER.startsWith('http:') && !LOOPBACK.test(new URL(OIDC_ISSUER).hostname)) {
    throw new Error('Configuration:\n  OIDC_ISSUER must be https unless its host is a loopback name')
  }
  if (result.data.GATEHOUSE_LIMITS === 'off' && !loopback) {
    throw new Error('Configuration:\n  GATEHOUSE_LIMITS may be off only where BASE_URL is a loopback name')
  }
  if (result.data.OUTBOUND_LOOPBACK === 'on' && !loopback) {
    throw new Error('Configuration:\n  OUTBOUND_LOOPBACK may be on only where BASE_URL is a loopback name')
  }
  const { NEXTAUTH_SECRET, KEY_ENCRYPTION_KEY, TOKEN_PEPPER, BASE_URL } = result.data
  if (new Set([NEXTAUTH_SECRET, KEY_ENCRYPTION_KEY, TOKEN_PEPPER]).size !== 3) {
    throw new Error('Configuration:\n  NEXTAUTH_SECRET, KEY_ENCRYPTION_KEY and TOKEN_PEPPER must be three different secrets')
  }
  parsed = Object.freeze({ ...result.data, secureCookies: BASE_URL.startsWith('https:'), loopback })
  return parsed
}
