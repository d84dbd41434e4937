import type { Operation } from '../operation.ts'

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'API keys': ['api-keys'],
  'Audit log': ['audit-events', 'audit-exports', 'audit-tail', 'saved-views'],
  'Issuers and domains': ['issuers', 'primary-issuer', 'domains'],
  Members: ['members', 'invitations'],
  Projects: ['projects', 'deletion-impact', 'environment', 'logo', 'mails', 'progress', 'promotion', 'reviewer', 'test-project'],
  Resources: ['resources', 'resource-use', 'unknown-resources'],
  Scopes: ['scopes', 'scope-order', 'scope-use'],
  Search: ['search-hits'],
  'Usage and errors': ['usage', 'errors'],
}

/** What an operation is about: the first word of its path; one without is about the project itself. */
export function tagOf({ path }: Pick<Operation, 'path'>): string {
  const word = path.split('/')[1] || 'projects'
  const text = word.replaceAll('-', ' ')
  return Object.keys(GROUPS).find((name) => GROUPS[name]?.includes(word)) ?? text.charAt(0).toUpperCase() + text.slice(1)
}
