import { authorization } from './authorization.ts'
import { backend } from './backend.ts'
import { discovery } from './discovery.ts'
import type { Caller, Entry, Group } from './entry.ts'
import { registration } from './registration.ts'
import { tokens } from './tokens.ts'

/** All that can be asked of an issuer, but for the forms of its own pages. In the order of a first connection. */
export const reference: readonly Entry[] = [...discovery, ...registration, ...authorization, ...tokens, ...backend]

/** The same under its headings. */
export const groupedReference = (entries: readonly Entry[] = reference): readonly { name: Group; entries: readonly Entry[] }[] =>
  [...new Set(entries.map(({ group }) => group))].map((name) => ({ name, entries: entries.filter(({ group }) => group === name) }))

/** How each proves who it is, in words; what stands between backticks is code. */
export const CALLERS: Readonly<Record<Caller, string>> = {
  nobody: 'Anybody',
  browser: 'A person’s browser',
  client: 'The client, as it registered: `client_id` alone, HTTP Basic, `client_secret`, or an assertion',
  'confidential-client': 'A client with a secret or a key: HTTP Basic, `client_secret`, or an assertion',
  assertion: 'Whoever holds the assertion',
  'registration-secret': 'The registration secret as a bearer token; optional in an open project',
  'registration-token': 'The client’s registration access token as a bearer token',
  'server-secret': 'The project’s server secret as a bearer token',
  'access-token': 'An access token, as a bearer token or with a DPoP proof',
}
