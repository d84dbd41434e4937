import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { clearReviewerInput, getReviewerInput, setReviewerInput } from '../projects/inputs.ts'
import { clearReviewer, findReviewer, setReviewer } from '../projects/reviewer.ts'
import { getReviewerOutput, setReviewerOutput } from './outputs.ts'

export const reviewerOperations = [
  projectOperation({
    ...{ id: 'getReviewer', method: 'GET', path: '/reviewer', permission: 'project:read', audit: null },
    summary: 'Get the account with a fixed code that a store’s reviewer signs in with; null for none',
    input: getReviewerInput,
    output: getReviewerOutput,
    run: async (ctx) => ({ reviewer: await findReviewer(ctx) }),
  }),
  projectOperation({
    ...{ id: 'setReviewer', method: 'PUT', path: '/reviewer', permission: 'secret:write', audit: 'reviewer.set', recent: true },
    summary: 'Make or replace that account; its code is in this answer and nowhere else',
    input: setReviewerInput,
    output: setReviewerOutput,
    run: setReviewer,
  }),
  projectOperation({
    ...{ id: 'clearReviewer', method: 'DELETE', path: '/reviewer', permission: 'secret:write', audit: 'reviewer.cleared' },
    summary: 'End that account’s code, and whatever it allowed',
    input: clearReviewerInput,
    output: nothing,
    run: (ctx) => clearReviewer(ctx),
  }),
]
