import { projectOperation } from '../operation.ts'
import { createUpstreamProvider } from './create.ts'
import { deleteUpstreamProvider } from './delete.ts'
import { createUpstreamProviderInput, listUpstreamProvidersInput, updateUpstreamProviderInput, upstreamProviderInput } from './inputs.ts'
import { listUpstreamProviders } from './list.ts'
import { testUpstreamProvider } from './test.ts'
import { updateUpstreamProvider } from './update.ts'

export const upstreamProviderOperations = [
  projectOperation({
    ...{ id: 'listUpstreamProviders', method: 'GET', path: '/upstream-providers', permission: 'project:read', audit: null },
    summary: 'List the identity providers that people may come from, with the callback URLs each must know',
    input: listUpstreamProvidersInput,
    run: listUpstreamProviders,
  }),
  projectOperation({
    ...{ id: 'createUpstreamProvider', method: 'POST', path: '/upstream-providers', permission: 'project:write' },
    audit: 'upstream_provider.created',
    summary: 'Let people come from an identity provider; its secret is sealed and never shown again',
    input: createUpstreamProviderInput,
    run: createUpstreamProvider,
  }),
  projectOperation({
    ...{ id: 'updateUpstreamProvider', method: 'PATCH', path: '/upstream-providers/{id}', permission: 'project:write' },
    audit: 'upstream_provider.updated',
    summary: 'Change an identity provider’s name, credentials, scope and switches',
    input: updateUpstreamProviderInput,
    run: updateUpstreamProvider,
  }),
  projectOperation({
    ...{ id: 'deleteUpstreamProvider', method: 'DELETE', path: '/upstream-providers/{id}', permission: 'project:write' },
    audit: 'upstream_provider.deleted',
    summary: 'Remove an identity provider and the tokens that were kept; its users stay',
    input: upstreamProviderInput,
    run: deleteUpstreamProvider,
  }),
  projectOperation({
    ...{ id: 'testUpstreamProvider', method: 'POST', path: '/upstream-providers/{id}/test', permission: 'project:write', audit: null },
    summary: 'Ask an identity provider what can be asked without a person, and say what is wrong',
    input: upstreamProviderInput,
    run: testUpstreamProvider,
  }),
]
