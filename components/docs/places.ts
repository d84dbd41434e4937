/** `words`: what is there, in a sentence, for the first page. */
export type DocsPlace = { readonly path: string; readonly label: string; readonly words: string }
export type DocsGroup = { readonly label: string | null; readonly places: readonly DocsPlace[] }

/** The whole documentation, in the order in which somebody needs it. Navigation and first page read this. */
export const DOCS_PLACES: readonly DocsGroup[] = [
  { label: null, places: [{ path: '/docs', label: 'Start', words: 'Where to begin.' }] },
  {
    label: 'Guides',
    places: [
      { path: '/docs/moving', label: 'Moving to Gatehouse', words: 'From another authorization server, without losing your users.' },
      { path: '/docs/downstream', label: 'Downstream services', words: 'When your MCP server calls other services for its user.' },
      { path: '/docs/self-hosting', label: 'Self-hosting', words: 'Install, configure, back up and upgrade your own installation.' },
    ],
  },
  {
    label: 'Reference',
    places: [
      { path: '/docs/endpoints', label: 'Endpoints', words: 'What an issuer answers: parameters, an example and the errors of each.' },
      { path: '/docs/errors', label: 'Errors', words: 'Each error code: what it means, what it comes from, what to do.' },
      { path: '/docs/management-api', label: 'Management API', words: 'Everything the dashboard does, for programs.' },
      { path: '/quirks', label: 'Quirks', words: 'What MCP clients do that no specification asks for, and our answer.' },
      { path: '/docs/standards', label: 'Standards', words: 'The documents Gatehouse follows, and how far.' },
    ],
  },
  {
    label: 'More',
    places: [
      { path: '/docs/questions', label: 'Questions', words: 'What people ask, with short answers.' },
      { path: '/changelog', label: 'Changelog', words: 'What is new.' },
      { path: '/status', label: 'Status', words: 'How this installation is doing.' },
    ],
  },
]
