import { projectOperation } from '../operation.ts'
import { getReadiness } from './get.ts'
import { getReadinessInput } from './inputs.ts'
import { getReadinessOutput } from './outputs.ts'

export const readinessOperations = [
  projectOperation({
    ...{ id: 'getReadiness', method: 'GET', path: '/readiness', permission: 'project:read', audit: null },
    summary: 'List what the directories of Claude and ChatGPT look at, each with its state, why, and where to mend it',
    input: getReadinessInput,
    output: getReadinessOutput,
    run: (ctx) => getReadiness(ctx),
  }),
]
