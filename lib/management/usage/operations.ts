import { projectOperation } from '../operation.ts'
import { getUsage } from './get.ts'
import { getUsageInput } from './inputs.ts'
import { getUsageOutput } from './outputs.ts'

export const usageOperations = [
  projectOperation({
    ...{ id: 'getUsage', method: 'GET', path: '/usage', permission: 'project:read', audit: null },
    summary: 'Count tokens, active users, active clients and errors by the hour or day',
    input: getUsageInput,
    output: getUsageOutput,
    run: getUsage,
  }),
]
