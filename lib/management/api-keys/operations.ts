import { organisationOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { createApiKey } from './create.ts'
import { createApiKeyInput, listApiKeysInput, revokeApiKeyInput } from './inputs.ts'
import { listApiKeys } from './list.ts'
import { createApiKeyOutput, listApiKeysOutput } from './outputs.ts'
import { revokeApiKey } from './revoke.ts'

export const apiKeyOperations = [
  organisationOperation({
    ...{ id: 'listApiKeys', method: 'GET', path: '/api-keys', permission: 'api-key:read', audit: null },
    summary: 'List keys of this API, ended ones too',
    input: listApiKeysInput,
    output: listApiKeysOutput,
    run: listApiKeys,
  }),
  organisationOperation({
    ...{ id: 'createApiKey', method: 'POST', path: '/api-keys', permission: 'api-key:write', audit: 'api_key.created', recent: true },
    summary: 'Make a key that can do no more than its maker; it is in this answer and nowhere else',
    input: createApiKeyInput,
    output: createApiKeyOutput,
    run: createApiKey,
  }),
  organisationOperation({
    ...{ id: 'revokeApiKey', method: 'DELETE', path: '/api-keys/{apiKeyId}', permission: 'api-key:write', audit: 'api_key.revoked' },
    recent: true,
    summary: 'End a key at once',
    input: revokeApiKeyInput,
    output: nothing,
    run: revokeApiKey,
  }),
]
