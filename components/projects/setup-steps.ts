import type { ProjectProgress } from '#lib/management/projects/progress.ts'

/** What the help of a step speaks of. */
export type SetupFacts = {
  readonly slug: string
  readonly progress: ProjectProgress
  readonly createdAt: Date
  readonly registrationMode: 'guarded' | 'open' | 'off'
  readonly accessTokenTtlSeconds: number
}

export type SetupStep = {
  readonly title: string
  /** What it means, while it is not done. */
  readonly hint: string
  /** When real traffic first did it; null: not yet. */
  readonly at: Date | null
  /** What usually keeps it open. */
  readonly help: string
  /** The one next thing to do. */
  readonly action: { readonly label: string; readonly href: string } | null
}

/** Fetches are counted by the hour, which may have begun before the project did. */
const later = (hour: Date | null, createdAt: Date): Date | null => hour && (hour > createdAt ? hour : createdAt)

/**
 * In the order in which a first connection does them. What came later shows that what comes before it was done, also where nothing of ours
 * saw it: a client may know the endpoints by heart.
 */
export function setupSteps({ slug, progress, createdAt, registrationMode, accessTokenTtlSeconds }: SetupFacts): SetupStep[] {
  const here = `/projects/${slug}`
  const tokenIssuedAt = progress.tokenIssuedAt ?? progress.tokenRefreshedAt
  const clientRegisteredAt = progress.clientRegisteredAt ?? tokenIssuedAt
  return [
    { title: 'Issuer ready', hint: 'Keys, scopes and secrets exist', at: createdAt, help: '', action: null },
    {
      title: 'MCP URL set',
      hint: 'The server to protect is named',
      at: progress.resourceSetAt,
      help: 'Tokens are made for a resource. Name the URL of your MCP server exactly as clients will enter it.',
      action: { label: 'Add a resource', href: `${here}/resources` },
    },
    {
      title: 'Metadata fetched',
      hint: 'A client found the issuer',
      at: later(progress.metadataFetchedAt, createdAt) ?? tokenIssuedAt,
      help: 'Put the code on your MCP server, then connect any client to it. If this step stays open, the client never got a 401 that names the metadata document, or the document names another issuer: the curl checks of the quick start show which.',
      action: { label: 'Open the quick start', href: `${here}/quick-start` },
    },
    {
      title: 'First registration',
      hint: 'A client has a client_id',
      at: clientRegisteredAt,
      help: REGISTRATION_HELP[registrationMode],
      action:
        registrationMode === 'open'
          ? { label: 'Connect a client', href: `${here}/quick-start#clients` }
          : { label: 'Create a client by hand', href: `${here}/clients/new` },
    },
    {
      title: 'First token',
      hint: 'Somebody signed in and consented',
      at: tokenIssuedAt,
      help: 'A client is known, but nobody has finished yet: its user has to sign in, choose Allow, and be sent back to the client, which then redeems its code. The audit log shows how far the last attempt came.',
      action: { label: 'Open the audit log', href: `${here}/audit-log` },
    },
    {
      title: 'First refresh',
      hint: 'A connection outlived its first token',
      at: progress.tokenRefreshedAt,
      help: `Nothing to do: when the first access token runs out, ${lifetime(accessTokenTtlSeconds)} after it was issued, the client gets the next one by itself. A client that was not given a refresh token asks its user again instead.`,
      action: null,
    },
  ]
}

const REGISTRATION_HELP: Readonly<Record<SetupFacts['registrationMode'], string>> = {
  open: 'Clients register themselves when somebody connects them to your MCP server; one with a metadata document of its own (ChatGPT, Claude, VS Code) is known from its first authorization on.',
  guarded:
    'Registration asks for the registration secret. A client with a metadata document of its own (ChatGPT, Claude, VS Code) needs none and can connect now; for Cursor, GitHub Copilot, Gemini CLI and mcp-remote switch on “Let any MCP client register” below, or create a client by hand.',
  off: 'Registration is off. Create a client by hand, or switch registration on in the settings.',
}

function lifetime(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
}
