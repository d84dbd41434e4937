import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { createUpstreamProvider } from './create.ts'
import { deleteUpstreamProvider } from './delete.ts'
import { createUpstreamProviderInput, listUpstreamProvidersInput, updateUpstreamProviderInput, upstreamProviderInput } from './inputs.ts'
import { listUpstreamProviders } from './list.ts'
import { createUpstreamProviderOutput, listUpstreamProvidersOutput, testUpstreamProviderOutput } from './outputs.ts'
import { testUpstreamProvider } from './test.ts'
import { updateUpstreamProvider } from './update.ts'

export const upstreamProviderOperations = [
  projectOperation({
    ...{ id: 'listUpstreamProviders', method: 'GET', path: '/upstream-providers', permission: 'project:read', audit: null },
    summary: 'List the identity providers that people may come from, with the callback URLs each must know',
    input: listUpstreamProvidersInput,
    output: listUpstreamProvidersOutput,
    run: listUpstreamProviders,
  }),
  projectOperation({
    ...{ id: 'createUpstreamProvider', method: 'POST', path: '/upstream-providers', permission: 'project:write' },
    audit: 'upstream_provider.created',
    summary: 'Let people come from an identity provider; its secret is sealed and never shown again',
    input: createUpstreamProviderInput,
    output: createUpstreamProviderOutput,
    run: createUpstreamProvider,
  }),
  projectOperation({
    ...{ id: 'updateUpstreamProvider', method: 'PATCH', path: '/upstream-providers/{id}', permission: 'project:write' },
    audit: 'upstream_provider.updated',
    summary: 'Change an identity provider’s name, credentials, scope and switches',
    input: updateUpstreamProviderInput,
    output: nothing,
    run: updateUpstreamProvider,
  }),
  projectOperation({
    ...{ id: 'deleteUpstreamProvider', method: 'DELETE', path: '/upstream-providers/{id}', permission: 'project:write' },
    audit: 'upstream_provider.deleted',
    summary: 'Remove an identity provider and the tokens that were kept; its users stay',
    input: upstreamProviderInput,
    output: nothing,
    run: deleteUpstreamProvider,
  }),
  projectOperation({
    ...{ id: 'testUpstreamProvider', method: 'POST', path: '/upstream-providers/{id}/test', permission: 'project:write', audit: null },
    summary: 'Ask an identity provider what can be asked without a person, and say what is wrong',
    input: upstreamProviderInput,
    output: testUpstreamProviderOutput,
    run: testUpstreamProvider,
  }),
]
