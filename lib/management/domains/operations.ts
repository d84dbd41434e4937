import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { checkDomain } from './check.ts'
import { claimDomain } from './claim.ts'
import {
  checkDomainInput,
  claimDomainInput,
  listDomainsInput,
  listIssuersInput,
  removeDomainInput,
  setPrimaryIssuerInput,
} from './inputs.ts'
import { listDomains } from './list.ts'
import { listIssuers } from './list-issuers.ts'
import { checkDomainOutput, claimDomainOutput, listDomainsOutput, listIssuersOutput } from './outputs.ts'
import { removeDomain } from './remove.ts'
import { setPrimaryIssuer } from './set-primary-issuer.ts'

const [READ, WRITE] = ['project:read', 'project:write'] as const

export const domainOperations = [
  projectOperation({
    ...{ id: 'listIssuers', method: 'GET', path: '/issuers', permission: READ, audit: null },
    summary: 'List the URLs that a project speaks as, the primary one first',
    input: listIssuersInput,
    output: listIssuersOutput,
    run: async (ctx) => ({ issuers: await listIssuers(ctx), nextCursor: null }),
  }),
  projectOperation({
    ...{ id: 'setPrimaryIssuer', method: 'PUT', path: '/primary-issuer', permission: WRITE, audit: 'issuer.made_primary' },
    summary: 'Choose the issuer that snippets, mails and links name; the others answer as before',
    input: setPrimaryIssuerInput,
    output: nothing,
    run: setPrimaryIssuer,
  }),
  projectOperation({
    ...{ id: 'listDomains', method: 'GET', path: '/domains', permission: READ, audit: null },
    summary: 'List claimed hosts, with the DNS record that proves each',
    input: listDomainsInput,
    output: listDomainsOutput,
    run: async (ctx) => ({ domains: await listDomains(ctx), nextCursor: null }),
  }),
  projectOperation({
    ...{ id: 'claimDomain', method: 'POST', path: '/domains', permission: WRITE, audit: 'domain.claimed' },
    summary: 'Claim a host; the answer holds the TXT record that proves it',
    input: claimDomainInput,
    output: claimDomainOutput,
    run: claimDomain,
  }),
  projectOperation({
    ...{ id: 'checkDomain', method: 'POST', path: '/domains/{host}/check', permission: WRITE, audit: 'domain.checked' },
    summary: 'Look for the record of a host now; with it the project speaks as an issuer there',
    input: checkDomainInput,
    output: checkDomainOutput,
    run: (ctx, input) => checkDomain(ctx, input),
  }),
  projectOperation({
    ...{ id: 'removeDomain', method: 'DELETE', path: '/domains/{host}', permission: WRITE, audit: 'domain.removed', recent: true },
    summary: 'Give a host up: its issuer answers no more',
    input: removeDomainInput,
    output: nothing,
    run: removeDomain,
  }),
]
