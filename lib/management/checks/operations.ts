import { projectOperation } from '../operation.ts'
import { runCheckInput } from './inputs.ts'
import { runCheckOutput } from './outputs.ts'
import { runCheck } from './run.ts'

export const checkOperations = [
  projectOperation({
    ...{ id: 'runCheck', method: 'POST', path: '/checks', permission: 'resource:write', audit: null },
    summary: 'Ask the MCP server behind a resource what a client asks first, and say whether its answer is right',
    input: runCheckInput,
    output: runCheckOutput,
    run: (ctx, input) => runCheck(ctx, input),
  }),
]
