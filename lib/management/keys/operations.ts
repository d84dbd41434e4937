import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { getKeyImpact } from './impact.ts'
import { getKeyImpactInput, listKeysInput, revokeKeyInput, rotateKeysInput } from './inputs.ts'
import { listKeys } from './list.ts'
import { getKeyImpactOutput, listKeysOutput, rotateKeysOutput } from './outputs.ts'
import { revokeKey } from './revoke.ts'
import { rotateKeys } from './rotate.ts'

export const keyOperations = [
  projectOperation({
    ...{ id: 'listKeys', method: 'GET', path: '/keys', permission: 'key:read', audit: null },
    summary: 'List signing keys with their public halves, the one that signs first',
    input: listKeysInput,
    output: listKeysOutput,
    run: listKeys,
  }),
  projectOperation({
    ...{ id: 'rotateKeys', method: 'POST', path: '/keys/rotate', permission: 'key:rotate', audit: 'key.rotated', recent: true },
    summary: 'Sign with the next key from now on; the current one still verifies',
    input: rotateKeysInput,
    output: rotateKeysOutput,
    run: rotateKeys,
  }),
  projectOperation({
    ...{ id: 'getKeyImpact', method: 'GET', path: '/keys/{kid}/impact', permission: 'key:read', audit: null },
    summary: 'Count who may hold a token that this key signed',
    input: getKeyImpactInput,
    output: getKeyImpactOutput,
    run: getKeyImpact,
  }),
  projectOperation({
    ...{ id: 'revokeKey', method: 'DELETE', path: '/keys/{kid}', permission: 'key:rotate', audit: 'key.revoked', recent: true },
    summary: 'End a key at once, with every token it signed: for a key that somebody else may have',
    input: revokeKeyInput,
    output: nothing,
    run: revokeKey,
  }),
]
