import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { createTrustedIssuer } from './create.ts'
import { deleteTrustedIssuer } from './delete.ts'
import { createTrustedIssuerInput, deleteTrustedIssuerInput, listTrustedIssuersInput, updateTrustedIssuerInput } from './inputs.ts'
import { listTrustedIssuers } from './list.ts'
import { createTrustedIssuerOutput, listTrustedIssuersOutput } from './outputs.ts'
import { updateTrustedIssuer } from './update.ts'

const [READ, WRITE] = ['project:read', 'project:write'] as const

export const trustedIssuerOperations = [
  projectOperation({
    ...{ id: 'listTrustedIssuers', method: 'GET', path: '/trusted-issuers', permission: READ, audit: null },
    summary: 'List who else may say who somebody is, the oldest first',
    input: listTrustedIssuersInput,
    output: listTrustedIssuersOutput,
    run: async (ctx) => ({ trustedIssuers: await listTrustedIssuers(ctx), nextCursor: null }),
  }),
  projectOperation({
    ...{ id: 'createTrustedIssuer', method: 'POST', path: '/trusted-issuers', permission: WRITE, audit: 'trusted_issuer.created' },
    summary: 'Trust an issuer for subject tokens, for ID-JAGs or for workloads',
    input: createTrustedIssuerInput,
    output: createTrustedIssuerOutput,
    run: createTrustedIssuer,
  }),
  projectOperation({
    ...{ id: 'updateTrustedIssuer', method: 'PATCH', path: '/trusted-issuers/{id}', permission: WRITE, audit: 'trusted_issuer.updated' },
    summary: 'Change the keys, audience and rules of a trusted issuer',
    input: updateTrustedIssuerInput,
    output: nothing,
    run: updateTrustedIssuer,
  }),
  projectOperation({
    ...{ id: 'deleteTrustedIssuer', method: 'DELETE', path: '/trusted-issuers/{id}', permission: WRITE, audit: 'trusted_issuer.deleted' },
    summary: 'Trust an issuer no more; tokens of its workloads end at once',
    input: deleteTrustedIssuerInput,
    output: nothing,
    run: deleteTrustedIssuer,
  }),
]
