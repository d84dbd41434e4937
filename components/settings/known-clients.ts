import type { ProjectDetails } from '#lib/management/projects/get.ts'

type KnownClient = { readonly name: string; readonly documentHost: string | null; readonly ownScheme?: true; readonly hasDirectory?: true }

/** Public clients that people bring themselves: where their document stands, and whether they register when there is none. */
const KNOWN_CLIENTS: readonly KnownClient[] = [
  { name: 'Claude', documentHost: 'claude.ai', hasDirectory: true },
  { name: 'Claude Code', documentHost: 'claude.ai' },
  { name: 'ChatGPT', documentHost: 'chatgpt.com', hasDirectory: true },
  { name: 'VS Code', documentHost: 'vscode.dev' },
  { name: 'Cursor', documentHost: null, ownScheme: true },
  { name: 'GitHub Copilot', documentHost: null },
  { name: 'Gemini CLI', documentHost: null },
  { name: 'mcp-remote', documentHost: null },
]

type Policy = Pick<ProjectDetails['settings'], 'registrationMode' | 'documentPolicy' | 'documentHosts' | 'privateUseSchemes'>

export type Entrance = { readonly name: string; readonly by: 'document' | 'registration' | null }

/** By which door each of them comes in; null: by none, unless somebody makes a client for it by hand. */
export const entrances = (policy: Policy): readonly Entrance[] =>
  KNOWN_CLIENTS.map(({ name, documentHost, ownScheme }) => {
    if (documentHost !== null && believes(policy, documentHost)) return { name, by: 'document' }
    const mayRegister = policy.registrationMode === 'open' && (!ownScheme || policy.privateUseSchemes)
    return { name, by: mayRegister ? 'registration' : null }
  })

/** Those with a directory, which most people come from, when no door is open for them. */
export function directoriesShutOut(policy: Policy): readonly { readonly name: string; readonly documentHost: string | null }[] {
  const out = new Set(entrances(policy).flatMap(({ name, by }) => (by === null ? name : [])))
  return KNOWN_CLIENTS.filter(({ name, hasDirectory }) => hasDirectory && out.has(name))
}

function believes({ documentPolicy, documentHosts }: Policy, host: string): boolean {
  if (documentPolicy === 'allow-list') return documentHosts.includes(host)
  return documentPolicy === 'open'
}
