import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { blockClient, blockClients } from './block.ts'
import { createClient } from './create.ts'
import { endPreviousClientSecret } from './end-previous-secret.ts'
import { getClient } from './get.ts'
import { clientInput, clientsInput, createClientInput, listClientsInput, rotateClientSecretInput, updateClientInput } from './inputs.ts'
import { listClients } from './list.ts'
import {
  changedClientsOutput,
  createClientOutput,
  getClientOutput,
  listClientsOutput,
  revokeClientOutput,
  revokeClientsOutput,
  rotateClientSecretOutput,
} from './outputs.ts'
import { rereadClientDocument } from './reread-document.ts'
import { revokeClient, revokeClients } from './revoke.ts'
import { rotateClientSecret } from './rotate-secret.ts'
import { unblockClient, unblockClients } from './unblock.ts'
import { updateClient } from './update.ts'

export const clientOperations = [
  projectOperation({
    ...{ id: 'listClients', method: 'GET', path: '/clients', permission: 'client:read', audit: null },
    summary: 'List clients, newest first',
    input: listClientsInput,
    output: listClientsOutput,
    run: listClients,
  }),
  projectOperation({
    ...{ id: 'createClient', method: 'POST', path: '/clients', permission: 'client:write', audit: 'client.created' },
    summary: 'Make a client by hand; its secret is in this answer and nowhere else',
    input: createClientInput,
    output: createClientOutput,
    run: createClient,
  }),
  projectOperation({
    ...{ id: 'getClient', method: 'GET', path: '/clients/{clientId}', permission: 'client:read', audit: null },
    summary: 'Get one client with its metadata',
    input: clientInput,
    output: getClientOutput,
    run: getClient,
  }),
  projectOperation({
    ...{ id: 'updateClient', method: 'PATCH', path: '/clients/{clientId}', permission: 'client:write', audit: 'client.updated' },
    summary: 'Change a client that registered or was made by hand; people are asked for consent again where they would see a difference',
    input: updateClientInput,
    output: nothing,
    run: updateClient,
  }),
  projectOperation({
    ...{
      id: 'rotateClientSecret',
      method: 'POST',
      path: '/clients/{clientId}/secret',
      permission: 'client:write',
      audit: 'client.secret_rotated',
      recent: true,
    },
    summary: 'Replace a client’s secret; the old one stays good for an overlap',
    input: rotateClientSecretInput,
    output: rotateClientSecretOutput,
    run: rotateClientSecret,
  }),
  projectOperation({
    ...{ id: 'endPreviousClientSecret', method: 'DELETE', path: '/clients/{clientId}/secret/previous', permission: 'client:write' },
    ...{ audit: 'client.previous_secret_ended', recent: true },
    summary: 'End the overlap of a client’s rotated secret now',
    input: clientInput,
    output: nothing,
    run: endPreviousClientSecret,
  }),
  projectOperation({
    ...{ id: 'blockClient', method: 'POST', path: '/clients/{clientId}/block', permission: 'client:write', audit: 'client.blocked' },
    summary: 'Refuse a client until it is unblocked; its grants wait',
    input: clientInput,
    output: nothing,
    run: blockClient,
  }),
  projectOperation({
    ...{ id: 'unblockClient', method: 'POST', path: '/clients/{clientId}/unblock', permission: 'client:write', audit: 'client.unblocked' },
    summary: 'Take the block of a client back',
    input: clientInput,
    output: nothing,
    run: unblockClient,
  }),
  projectOperation({
    ...{
      id: 'revokeClient',
      method: 'DELETE',
      path: '/clients/{clientId}',
      permission: 'client:write',
      audit: 'client.revoked',
      recent: true,
    },
    summary: 'End a client for good, with all its grants',
    input: clientInput,
    output: revokeClientOutput,
    run: revokeClient,
  }),
  projectOperation({
    ...{ id: 'blockClients', method: 'POST', path: '/clients/block', permission: 'client:write', audit: 'client.blocked' },
    summary: 'Block up to 100 clients together; each has a row in the audit log',
    input: clientsInput,
    output: changedClientsOutput,
    run: blockClients,
  }),
  projectOperation({
    ...{ id: 'unblockClients', method: 'POST', path: '/clients/unblock', permission: 'client:write', audit: 'client.unblocked' },
    summary: 'Take the block of up to 100 clients back together; each has a row in the audit log',
    input: clientsInput,
    output: changedClientsOutput,
    run: unblockClients,
  }),
  projectOperation({
    ...{ id: 'revokeClients', method: 'POST', path: '/clients/revoke', permission: 'client:write', audit: 'client.revoked', recent: true },
    summary: 'End up to 100 clients for good together, with all their grants; each has a row in the audit log',
    input: clientsInput,
    output: revokeClientsOutput,
    run: revokeClients,
  }),
  projectOperation({
    ...{ id: 'rereadClientDocument', method: 'POST', path: '/clients/{clientId}/document', permission: 'client:write' },
    audit: 'client.document_expired',
    summary: 'Have a client’s metadata document read again at its next use, whatever copies of it are fresh',
    input: clientInput,
    output: nothing,
    run: rereadClientDocument,
  }),
]
