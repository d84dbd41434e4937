import type { OAuthStore } from '#lib/oauth/store.ts'
import { assertions } from './store/assertions.ts'
import { clients } from './store/clients.ts'
import { codes } from './store/codes.ts'
import { records } from './store/records.ts'
import { refresh } from './store/refresh.ts'
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
    ...requests(context),
    ...codes(context),
    ...refresh(context),
    ...tokens(context),
    ...records(context),
    ...assertions(context),
  }
}
