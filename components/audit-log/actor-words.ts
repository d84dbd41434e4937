import type { ACTOR_KINDS } from '#lib/management/audit-log/inputs.ts'

/** What kind of actor did something, in words. */
export const ACTORS: Readonly<Record<(typeof ACTOR_KINDS)[number], string>> = {
  member: 'Member',
  'api-key': 'API key',
  user: 'User',
  client: 'Client',
  backend: 'Your backend',
  'command-line': 'Command line',
  system: 'System',
}

type Acting = { readonly actorKind: string; readonly actorId: string | null; readonly actorName: string | null }

/** By name where there is one; what is gone is told by its kind. */
export function actorOf({ actorKind, actorName }: Acting): string {
  const kind = (ACTORS as Readonly<Record<string, string>>)[actorKind] ?? actorKind
  if (actorName === null || actorKind === 'user' || actorKind === 'client') return kind
  return actorKind === 'member' ? actorName : `${kind} ${actorName}`
}
