import { projectOperation } from '../operation.ts'
import { search } from './find.ts'
import { searchInput } from './inputs.ts'
import { searchOutput } from './outputs.ts'

export const searchOperations = [
  projectOperation({
    ...{ id: 'search', method: 'GET', path: '/search', permission: 'project:read', audit: null },
    summary: 'Find clients, users, resources, scopes, grants and events by name or id',
    input: searchInput,
    output: searchOutput,
    run: search,
  }),
]
