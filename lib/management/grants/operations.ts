import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { listGrantsInput, revokeGrantInput, revokeGrantsInput } from './inputs.ts'
import { listGrants } from './list.ts'
import { listGrantsOutput, revokeGrantsOutput } from './outputs.ts'
import { revokeGrant, revokeGrants } from './revoke.ts'

export const grantOperations = [
  projectOperation({
    ...{ id: 'listGrants', method: 'GET', path: '/grants', permission: 'grant:read', audit: null },
    summary: 'List what users allowed clients, newest first',
    input: listGrantsInput,
    output: listGrantsOutput,
    run: listGrants,
  }),
  projectOperation({
    ...{ id: 'revokeGrant', method: 'DELETE', path: '/grants/{grantId}', permission: 'grant:revoke', audit: 'grant.revoked' },
    summary: 'End what one user allowed one client',
    input: revokeGrantInput,
    output: nothing,
    run: revokeGrant,
  }),
  projectOperation({
    ...{ id: 'revokeGrants', method: 'POST', path: '/grants/revoke', permission: 'grant:revoke', audit: 'grant.revoked' },
    summary: 'End up to 100 grants, all or none; each has a row in the audit log',
    input: revokeGrantsInput,
    output: revokeGrantsOutput,
    run: revokeGrants,
  }),
]
