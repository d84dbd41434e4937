import { affectedGrants } from '../affected-grants.ts'
import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { createScope } from './create.ts'
import { deleteScope } from './delete.ts'
import { createScopeInput, deleteScopeInput, listScopesInput, orderScopesInput, updateScopeInput } from './inputs.ts'
import { listScopes } from './list.ts'
import { orderScopes } from './order.ts'
import { createScopeOutput, listScopesOutput, listScopeUseOutput } from './outputs.ts'
import { updateScope } from './update.ts'

export const scopeOperations = [
  projectOperation({
    ...{ id: 'listScopes', method: 'GET', path: '/scopes', permission: 'project:read', audit: null },
    summary: 'List scopes in the order in which consent shows them',
    input: listScopesInput,
    output: listScopesOutput,
    run: async (ctx) => ({ scopes: await listScopes(ctx), nextCursor: null }),
  }),
  projectOperation({
    ...{ id: 'listScopeUse', method: 'GET', path: '/scope-use', permission: 'grant:read', audit: null },
    summary: 'Count the living grants that have each scope, with the clients that have most of them',
    input: listScopesInput,
    output: listScopeUseOutput,
    run: async (ctx) => {
      const affected = await affectedGrants(ctx, 'scope')
      return { scopes: [...affected].map(([name, use]) => ({ name, ...use })), nextCursor: null }
    },
  }),
  projectOperation({
    ...{ id: 'createScope', method: 'POST', path: '/scopes', permission: 'scope:write', audit: 'scope.created' },
    summary: 'Add a scope; it is shown last',
    input: createScopeInput,
    output: createScopeOutput,
    run: createScope,
  }),
  projectOperation({
    ...{ id: 'orderScopes', method: 'PUT', path: '/scope-order', permission: 'scope:write', audit: 'scope.reordered' },
    summary: 'Put all scopes in the order in which consent shows them',
    input: orderScopesInput,
    output: nothing,
    run: orderScopes,
  }),
  projectOperation({
    ...{ id: 'updateScope', method: 'PATCH', path: '/scopes/{name}', permission: 'scope:write', audit: 'scope.updated' },
    summary: 'Change a scope’s words, risk, place, and when it is granted; its name stays',
    input: updateScopeInput,
    output: nothing,
    run: updateScope,
  }),
  projectOperation({
    ...{ id: 'deleteScope', method: 'DELETE', path: '/scopes/{name}', permission: 'scope:write', audit: 'scope.deleted' },
    summary: 'Grant a scope no more; grants and tokens that have it keep it',
    input: deleteScopeInput,
    output: nothing,
    run: deleteScope,
  }),
]
