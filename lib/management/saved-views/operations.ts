import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { createSavedView } from './create.ts'
import { deleteSavedView } from './delete.ts'
import { createSavedViewInput, deleteSavedViewInput, listSavedViewsInput } from './inputs.ts'
import { listSavedViews } from './list.ts'
import { createSavedViewOutput, listSavedViewsOutput } from './outputs.ts'

export const savedViewOperations = [
  projectOperation({
    ...{ id: 'listSavedViews', method: 'GET', path: '/saved-views', permission: 'audit:read', audit: null },
    summary: 'List the saved views of the audit log, by name',
    input: listSavedViewsInput,
    output: listSavedViewsOutput,
    run: listSavedViews,
  }),
  projectOperation({
    ...{ id: 'createSavedView', method: 'POST', path: '/saved-views', permission: 'audit:read', audit: 'saved_view.created' },
    summary: 'Keep a filter of the audit log under a name, for all who read it',
    input: createSavedViewInput,
    output: createSavedViewOutput,
    run: createSavedView,
  }),
  projectOperation({
    ...{ id: 'deleteSavedView', method: 'DELETE', path: '/saved-views/{id}', permission: 'audit:read', audit: 'saved_view.deleted' },
    summary: 'Delete a saved view; the events stay',
    input: deleteSavedViewInput,
    output: nothing,
    run: deleteSavedView,
  }),
]
