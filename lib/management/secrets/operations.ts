import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { createProjectSecret } from './create.ts'
import {
  createProjectSecretInput,
  listProjectSecretsInput,
  renameProjectSecretInput,
  revokeProjectSecretInput,
  rotateProjectSecretInput,
  rotateProjectSecretsInput,
} from './inputs.ts'
import { listProjectSecrets } from './list.ts'
import { createProjectSecretOutput, listProjectSecretsOutput, rotateProjectSecretOutput, rotateProjectSecretsOutput } from './outputs.ts'
import { renameProjectSecret } from './rename.ts'
import { revokeProjectSecret } from './revoke.ts'
import { rotateProjectSecret } from './rotate.ts'
import { rotateProjectSecrets } from './rotate-all.ts'

export const secretOperations = [
  projectOperation({
    ...{ id: 'listProjectSecrets', method: 'GET', path: '/secrets', permission: 'project:read', audit: null },
    summary: 'List the living registration and server secrets, newest first; prefix and last four characters only',
    input: listProjectSecretsInput,
    output: listProjectSecretsOutput,
    run: listProjectSecrets,
  }),
  projectOperation({
    ...{ id: 'createProjectSecret', method: 'POST', path: '/secrets', permission: 'secret:write', audit: 'secret.created', recent: true },
    summary: 'Make one more secret beside those that live; it is in this answer and nowhere else',
    input: createProjectSecretInput,
    output: createProjectSecretOutput,
    run: createProjectSecret,
  }),
  projectOperation({
    ...{ id: 'renameProjectSecret', method: 'PATCH', path: '/secrets/{secretId}', permission: 'secret:write', audit: 'secret.renamed' },
    summary: 'Give a secret another name; whatever holds it notices nothing',
    input: renameProjectSecretInput,
    output: nothing,
    run: renameProjectSecret,
  }),
  projectOperation({
    ...{ id: 'rotateProjectSecret', method: 'POST', path: '/secrets/{secretId}/rotate', permission: 'secret:write' },
    ...{ audit: 'secret.rotated', recent: true },
    summary: 'Replace one secret; the old one stays good for an overlap',
    input: rotateProjectSecretInput,
    output: rotateProjectSecretOutput,
    run: rotateProjectSecret,
  }),
  projectOperation({
    ...{ id: 'rotateProjectSecrets', method: 'POST', path: '/secrets/rotate', permission: 'secret:write' },
    ...{ audit: 'secret.rotated', recent: true },
    summary: 'Replace all secrets of a kind by one new one; the old ones stay good for an overlap',
    input: rotateProjectSecretsInput,
    output: rotateProjectSecretsOutput,
    run: rotateProjectSecrets,
  }),
  projectOperation({
    ...{ id: 'revokeProjectSecret', method: 'DELETE', path: '/secrets/{secretId}', permission: 'secret:write' },
    ...{ audit: 'secret.revoked', recent: true },
    summary: 'End one secret now',
    input: revokeProjectSecretInput,
    output: nothing,
    run: revokeProjectSecret,
  }),
]
