import { affectedGrants } from '../affected-grants.ts'
import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { createResource } from './create.ts'
import { createResourceAlias } from './create-alias.ts'
import { deleteResource } from './delete.ts'
import { deleteResourceAlias } from './delete-alias.ts'
import {
  createResourceAliasInput,
  createResourceInput,
  deleteResourceAliasInput,
  deleteResourceInput,
  listResourcesInput,
  listUnknownResourcesInput,
  updateResourceInput,
} from './inputs.ts'
import { listResources } from './list.ts'
import { listUnknownResources } from './list-unknown.ts'
import {
  createResourceAliasOutput,
  createResourceOutput,
  listResourcesOutput,
  listResourceUseOutput,
  listUnknownResourcesOutput,
} from './outputs.ts'
import { updateResource } from './update.ts'

const WRITE = 'resource:write'

export const resourceOperations = [
  projectOperation({
    ...{ id: 'listResources', method: 'GET', path: '/resources', permission: 'project:read', audit: null },
    summary: 'List the MCP servers that tokens are issued for, the default one first',
    input: listResourcesInput,
    output: listResourcesOutput,
    run: async (ctx) => ({ resources: await listResources(ctx), nextCursor: null }),
  }),
  projectOperation({
    ...{ id: 'listResourceUse', method: 'GET', path: '/resource-use', permission: 'grant:read', audit: null },
    summary: 'Count the living grants that each resource has, with the clients that have most of them',
    input: listResourcesInput,
    output: listResourceUseOutput,
    run: async (ctx) => {
      const affected = await affectedGrants(ctx, 'resources')
      return { resources: [...affected].map(([identifier, use]) => ({ identifier, ...use })), nextCursor: null }
    },
  }),
  projectOperation({
    ...{ id: 'createResource', method: 'POST', path: '/resources', permission: WRITE, audit: 'resource.created' },
    summary: 'Register one more MCP server; its identifier is what tokens carry as aud',
    input: createResourceInput,
    output: createResourceOutput,
    run: createResource,
  }),
  projectOperation({
    ...{ id: 'updateResource', method: 'PATCH', path: '/resources/{identifier}', permission: WRITE, audit: 'resource.updated' },
    summary: 'Rename a resource, or make it the one for clients that name none',
    input: updateResourceInput,
    output: nothing,
    run: updateResource,
  }),
  projectOperation({
    ...{ id: 'deleteResource', method: 'DELETE', path: '/resources/{identifier}', permission: WRITE, audit: 'resource.deleted' },
    summary: 'Issue no more tokens for a resource; the default one cannot be deleted',
    input: deleteResourceInput,
    output: nothing,
    run: deleteResource,
  }),
  projectOperation({
    ...{ id: 'createResourceAlias', method: 'POST', path: '/resources/{identifier}/aliases', permission: WRITE },
    audit: 'resource_alias.created',
    summary: 'Let clients ask for a resource by another name of yours; tokens carry its identifier all the same',
    input: createResourceAliasInput,
    output: createResourceAliasOutput,
    run: createResourceAlias,
  }),
  projectOperation({
    ...{ id: 'deleteResourceAlias', method: 'DELETE', path: '/resources/{identifier}/aliases/{alias}', permission: WRITE },
    audit: 'resource_alias.deleted',
    summary: 'Refuse clients that ask for a resource by this name',
    input: deleteResourceAliasInput,
    output: nothing,
    run: deleteResourceAlias,
  }),
  projectOperation({
    ...{ id: 'listUnknownResources', method: 'GET', path: '/unknown-resources', permission: 'project:read', audit: null },
    summary: 'List what clients asked for in vain in the last seven days',
    input: listUnknownResourcesInput,
    output: listUnknownResourcesOutput,
    run: async (ctx) => ({ unknownResources: await listUnknownResources(ctx), nextCursor: null }),
  }),
]
