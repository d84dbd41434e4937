/** What decides whether a client can connect. */
export type ConnectionFacts = {
  readonly name: string
  readonly slug: string
  readonly resource: string
  readonly registrationMode: 'guarded' | 'open' | 'off'
  readonly documentPolicy: 'open' | 'allow-list' | 'deny'
  readonly documentHosts: readonly string[]
}

export type ClientGuide = {
  readonly id: string
  readonly name: string
  /** One click each. */
  readonly steps: readonly string[]
  /** Opens the client, or the page of it where the steps begin. */
  readonly link: { readonly label: string; readonly href: string } | null
  readonly command: string | null
  /** Where it wants its users sent back to, as far as that is known beforehand. */
  readonly callbacks: readonly string[]
  readonly readiness: { readonly ready: boolean; readonly words: string }
}

/** `document`: the host of its client metadata document; null: it registers itself. `hosted`: it calls from the internet, not from this machine. */
type Needs = { readonly document: string | null; readonly hosted: boolean }

function readinessOf({ document, hosted }: Needs, facts: ConnectionFacts): ClientGuide['readiness'] {
  if (hosted && isLocal(facts.resource))
    return { ready: false, words: 'Needs a public https address: this server’s URL is on your own machine.' }
  if (document !== null && isBelieved(document, facts))
    return { ready: true, words: 'Ready: known by its metadata document, no registration needed.' }
  if (facts.registrationMode === 'open') return { ready: true, words: 'Ready: registers itself, registration is open.' }
  return {
    ready: false,
    words:
      document === null
        ? 'Needs open registration, or a client made by hand: it cannot hold the registration secret.'
        : `Needs metadata documents of ${document} to be believed, or open registration.`,
  }
}

const isBelieved = (host: string, { documentPolicy, documentHosts }: ConnectionFacts): boolean =>
  documentPolicy === 'open' || (documentPolicy === 'allow-list' && documentHosts.includes(host))

const isLocal = (resource: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(resource).hostname)

/** How a client calls the server in its own list: no blanks, nothing a shell would read. */
const serverName = (slug: string): string => slug

/** Base64 of UTF-8, in a browser as on a server. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

export function clientGuides(facts: ConnectionFacts): readonly ClientGuide[] {
  const { name, slug, resource } = facts
  const server = serverName(slug)
  const inVsCode = { name: server, type: 'http', url: resource }
  return [
    {
      id: 'chatgpt',
      name: 'ChatGPT',
      steps: [
        'Settings → Apps & Connectors → Advanced settings: switch on Developer mode',
        'Apps & Connectors → Create',
        `Name “${name}”, MCP Server URL as below, Authentication OAuth → Create`,
        'Sign in here and choose Allow',
      ],
      link: { label: 'Open ChatGPT’s settings', href: 'https://chatgpt.com/#settings/Connectors' },
      command: null,
      callbacks: ['https://chatgpt.com/connector_platform_oauth_redirect', 'https://chatgpt.com/connector/oauth/{id}'],
      readiness: readinessOf({ document: 'chatgpt.com', hosted: true }, facts),
    },
    {
      id: 'claude',
      name: 'Claude',
      steps: [
        'Settings → Connectors → Add custom connector',
        `Name “${name}”, Remote MCP server URL as below → Add`,
        'Connect, then sign in here and choose Allow',
      ],
      link: { label: 'Open Claude’s connectors', href: 'https://claude.ai/settings/connectors' },
      command: null,
      callbacks: ['https://claude.ai/api/mcp/auth_callback', 'https://claude.com/api/mcp/auth_callback'],
      readiness: readinessOf({ document: 'claude.ai', hosted: true }, facts),
    },
    {
      id: 'claude-code',
      name: 'Claude Code',
      steps: ['Run the command below', `In Claude Code type /mcp, choose ${server} → Authenticate`, 'Sign in here and choose Allow'],
      link: null,
      command: `claude mcp add --transport http ${server} ${resource}`,
      callbacks: ['http://localhost:{port}/callback'],
      readiness: readinessOf({ document: 'claude.ai', hosted: false }, facts),
    },
    {
      id: 'cursor',
      name: 'Cursor',
      steps: ['Open the link and choose Install', 'Settings → MCP: Connect beside the server', 'Sign in here and choose Allow'],
      link: {
        label: 'Add to Cursor',
        href: `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(server)}&config=${encodeURIComponent(base64(JSON.stringify({ url: resource })))}`,
      },
      command: null,
      callbacks: [
        'cursor://anysphere.cursor-mcp/oauth/callback',
        'https://www.cursor.com/agents/mcp/oauth/callback',
        'http://localhost:8787/callback',
      ],
      readiness: readinessOf({ document: null, hosted: false }, facts),
    },
    {
      id: 'vs-code',
      name: 'VS Code',
      steps: [
        'Open the link and choose Install, or run the command',
        'Start the server when VS Code asks, then Allow',
        'Sign in here and choose Allow',
      ],
      link: { label: 'Add to VS Code', href: `vscode:mcp/install?${encodeURIComponent(JSON.stringify(inVsCode))}` },
      command: `code --add-mcp '${JSON.stringify(inVsCode)}'`,
      callbacks: ['http://127.0.0.1:33418/', 'https://vscode.dev/redirect', 'https://insiders.vscode.dev/redirect'],
      readiness: readinessOf({ document: 'vscode.dev', hosted: false }, facts),
    },
  ]
}
