import { projectOperation } from '../operation.ts'
import { checkToken } from './check.ts'
import { checkTokenInput } from './inputs.ts'
import { checkTokenOutput } from './outputs.ts'

export const tokenOperations = [
  projectOperation({
    ...{ id: 'checkToken', method: 'POST', path: '/tokens/check', permission: 'grant:read', audit: null },
    summary: 'Say claim by claim whether an MCP server of this project should accept a token; it is not stored',
    input: checkTokenInput,
    output: checkTokenOutput,
    run: checkToken,
  }),
]
