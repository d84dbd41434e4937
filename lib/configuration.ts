import type { Env } from './env.ts'

export type Variable = {
  /** What counts when it is not set. */
  readonly standard: string
  readonly meaning: string
}

/** Worked out from others. */
type Derived = 'secureCookies' | 'loopback'
/** Read where the process is started. */
type OfTheProcess = 'PORT' | 'HOST' | 'DRAIN_SECONDS' | 'CHROMIUM_PATH'

/** Every variable that an operator can set, in the order in which one meets them. */
export const VARIABLES: Readonly<Record<Exclude<keyof Env, Derived> | OfTheProcess, Variable>> = {
  BASE_URL: {
    standard: '`http://localhost:3000`',
    meaning: 'Where this installation lives: an origin without a path. https, unless its host is a loopback name',
  },
  NEXTAUTH_SECRET: { standard: 'made on localhost', meaning: 'Signs dashboard sessions. A new one signs every member out' },
  KEY_ENCRYPTION_KEY: {
    standard: 'made on localhost',
    meaning: 'Seals private signing keys, provider secrets and webhook secrets. Without it they cannot be opened',
  },
  TOKEN_PEPPER: {
    standard: 'made on localhost',
    meaning: 'Keys the HMACs of codes, refresh tokens and form tokens. A new one ends every refresh token',
  },
  DATABASE_URL: { standard: 'embedded PostgreSQL', meaning: 'PostgreSQL 15 or newer: `postgresql://user:password@host:5432/name`' },
  DATABASE_POOL_SIZE: { standard: '10', meaning: 'Connections that one process opens at most' },
  ISSUER_HOST: { standard: '–', meaning: 'With a wildcard certificate, projects also speak as `https://<slug>.<ISSUER_HOST>`' },
  PORT: { standard: '3000', meaning: 'Where to listen' },
  HOST: { standard: '`127.0.0.1`; the image: `0.0.0.0`', meaning: 'The address to listen on' },
  TRUST_PROXY: {
    standard: '0',
    meaning: 'How many proxies of yours stand in front, each adding to `X-Forwarded-For`. 0 ignores every forwarded header',
  },
  DRAIN_SECONDS: { standard: '0', meaning: 'How long to answer after SIGTERM while `/api/health` says 503 already' },
  SMTP_URL: { standard: '–', meaning: 'Where mail leaves: `smtp://user:password@host:587`, or `smtps://…:465`' },
  MAIL_FROM: { standard: '–', meaning: 'The address that mail comes from. Needed with `SMTP_URL`' },
  MAIL_DIR: { standard: '`.data/mailbox`', meaning: 'Where an installation on localhost keeps mail that it does not send' },
  GITHUB_CLIENT_ID: { standard: '–', meaning: 'Members log in with GitHub; the callback is `<BASE_URL>/api/auth/callback/github`' },
  GITHUB_CLIENT_SECRET: { standard: '–', meaning: 'Belongs to it' },
  GOOGLE_CLIENT_ID: { standard: '–', meaning: 'Members log in with Google; the callback ends in `/google`' },
  GOOGLE_CLIENT_SECRET: { standard: '–', meaning: 'Belongs to it' },
  OIDC_ISSUER: { standard: '–', meaning: 'Members log in with any OpenID Connect provider; the callback ends in `/oidc`' },
  OIDC_CLIENT_ID: { standard: '–', meaning: 'Belongs to it' },
  OIDC_CLIENT_SECRET: { standard: '–', meaning: 'Belongs to it' },
  OIDC_NAME: { standard: 'single sign-on', meaning: 'What its button says after “Continue with”' },
  GATEHOUSE_LIMITS: {
    standard: 'on',
    meaning: '`off` lifts the rate limits, for benchmarks. Refused where `BASE_URL` is not on this machine',
  },
  OUTBOUND_LOOPBACK: {
    standard: 'off',
    meaning:
      '`on` lets client metadata documents, keys and logos lie on this machine, by http. Refused where `BASE_URL` is not on this machine',
  },
  CHROMIUM_PATH: { standard: 'found or fetched', meaning: 'The browser that `npm test` drives' },
}
