/** As keepachangelog.com sorts changes. */
export const CATEGORIES = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'] as const
export type Category = (typeof CATEGORIES)[number]

export type Release = {
  readonly version: string
  /** YYYY-MM-DD; null: not released yet. */
  readonly date: string | null
  /** What somebody who runs it has to do before or after; empty: nothing. */
  readonly upgrading: readonly string[]
  /** Sentences for people who run it or build on it. What stands between backticks is code. */
  readonly changes: Readonly<Partial<Record<Category, readonly string[]>>>
}

/** Newest first. */
export const RELEASES: readonly Release[] = [
  {
    version: '0.1.0',
    date: null,
    upgrading: ['The first release: there is nothing to upgrade from.'],
    changes: {
      Added: [
        'An OAuth 2.1 authorization server for MCP: metadata, guarded or open registration, authorization code with PKCE, resource indicators, rotating refresh tokens, revocation and introspection.',
        'Client ID metadata documents, so that clients which publish one need no registration.',
        'Client credentials, token exchange, device code, pushed authorization requests, DPoP, ID-JAG and workload identity, each behind a switch of the project; `private_key_jwt` for clients that have a key.',
        'One call that mints a token for a user your backend already knows, and a hand-off to your own sign-in page.',
        'Sign-in by password, passkey, mailed code, and through Google, GitHub, Microsoft, Okta or any OpenID Connect provider.',
        'Consent, sign-in, device and connected-apps pages that work without JavaScript, in six languages, with a project’s logo and colour.',
        'The logo of a client that somebody vouches for on the consent page, as our own copy: no browser asks anybody else for it.',
        'A dashboard with organisations, roles, invitations, passkeys, a second factor, and recent authentication before what destroys or hands out power.',
        'A checklist that real traffic ticks off, usage over time, and a quick start with the project’s own values.',
        'Test twins: a project with its own issuer, keys and users, whose settings can be promoted to the live one.',
        'An audit log with a row for each change in its own transaction; filters, saved views, a live tail and export as CSV or JSON Lines.',
        'Webhooks signed by Standard Webhooks, with retries, a list of deliveries and replay.',
        'A management API with keys of its own and an OpenAPI 3.1 document, made from the inputs that the verbs themselves parse.',
        'Custom domains for issuers, proven by a DNS record and proven again every day.',
        'Signing keys that rotate by themselves, several named secrets at once, and rotation with an overlap.',
        'Backup and restore on the command line, for the embedded PostgreSQL and any other: one moment, one file, checksums, all or nothing.',
        'Commands for users, secrets, keys, grants, resources and scopes, and `audit tail`; each with `--json`.',
        'A reference of every endpoint and every error, and a console in the dashboard that sends the real request. Errors in JSON carry an `error_uri`.',
        'What we do of which standard with the tests that hold it, questions and answers, and guides for moving from FastMCP’s `OAuthProxy`, WorkOS, Descope, Stytch, Auth0 and Keycloak.',
        'A readiness report for the directories of Claude and ChatGPT, a page that reads a token claim by claim, and checks of an MCP server at one click.',
        'Users’ names and addresses can be changed, members change their own address by mail, owners delete an organisation that has no projects left.',
        'A page on self-hosting, a status page, and this list.',
      ],
      Changed: [
        'What was deleted is erased for good 30 days later, its log included.',
        '`/api/health` is 503 also where the database lacks a migration of the running release.',
        'The container image and the build hold the command line: `node .next/cli.mjs`.',
      ],
      Fixed: [
        'Whoever must wait at sign-in gets a 429 with `Retry-After`, and the limits leave room for people who share an address.',
        'Signing in to a project as one of its users no longer logs a member out of the dashboard.',
        'Slow webhook endpoints leave room for the others, and one with nothing to do is left alone.',
      ],
      Security: [
        'Codes, tokens, client secrets and API keys are kept as hashes, passwords as argon2id, signing keys and provider secrets sealed with AES-256-GCM.',
        'A replayed code or an old refresh token ends its grant.',
        'Requests of ours to addresses that strangers choose go through one fetcher that checks and pins every address.',
      ],
    },
  },
]
