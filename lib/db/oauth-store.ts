import type { OAuthStore } from '#lib/oauth/store.ts'
import { approvals } from './store/approvals.ts'
import { assertions } from './store/assertions.ts'
import { clients } from './store/clients.ts'
import { codes } from './store/codes.ts'
import { devices } from './store/devices.ts'
import { documentClients } from './store/document-clients.ts'
import { identities } from './store/identities.ts'
import { people } from './store/people.ts'
import { pushedRequests } from './store/pushed-requests.ts'
import { records } from './store/records.ts'
import { refresh } from './store/refresh.ts'
import { registrations } from './store/registrations.ts'
import { requests } from './store/requests.ts'
import { tokens } from './store/tokens.ts'

/**
 * One project's protocol state in PostgreSQL. Each operation is one prepared statement that checks, changes and records
 * together; what it refused is asked in a second one. All times are the database's now().
 * `address`: canonical address of the caller, for the audit log.
 */
export function oauthStore(projectId: string, address: string | null = null): OAuthStore {
  const context = { projectId, address }
  return {
    ...clients(context),
    ...registrations(context),
    ...documentClients(context),
    ...requests(context),
    ...approvals(context),
    ...pushedRequests(context),
    ...codes(context),
    ...devices(context),
    ...people(context),
    ...refresh(context),
    ...tokens(context),
    ...records(context),
    ...assertions(context),
    ...identities(context),
  }
}
