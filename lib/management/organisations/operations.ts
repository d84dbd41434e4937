import { organisationOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { listActivity } from './activity.ts'
import { deleteOrganisation } from './delete.ts'
import { getOrganisation } from './get.ts'
import {
  deleteOrganisationInput,
  getOrganisationInput,
  listActivityInput,
  renameOrganisationInput,
  requireSecondFactorInput,
} from './inputs.ts'
import { getOrganisationOutput, listActivityOutput } from './outputs.ts'
import { renameOrganisation } from './rename.ts'
import { requireSecondFactor } from './second-factor.ts'

export const organisationOperations = [
  organisationOperation({
    ...{ id: 'getOrganisation', method: 'GET', path: '/organisation', permission: 'organisation:read', audit: null },
    summary: 'Get the organisation, with how many members and projects it has',
    input: getOrganisationInput,
    output: getOrganisationOutput,
    run: getOrganisation,
  }),
  organisationOperation({
    ...{
      id: 'renameOrganisation',
      method: 'PATCH',
      path: '/organisation',
      permission: 'organisation:write',
      audit: 'organisation.updated',
    },
    summary: 'Rename the organisation',
    input: renameOrganisationInput,
    output: nothing,
    run: renameOrganisation,
  }),
  organisationOperation({
    ...{ id: 'requireSecondFactor', method: 'PUT', path: '/organisation/second-factor', permission: 'organisation:write' },
    ...{ audit: 'organisation.updated', recent: true },
    summary: 'Let members work here only with an authenticator app or a passkey, or without',
    input: requireSecondFactorInput,
    output: nothing,
    run: requireSecondFactor,
  }),
  organisationOperation({
    ...{ id: 'deleteOrganisation', method: 'DELETE', path: '/organisation', permission: 'organisation:delete' },
    ...{ audit: 'organisation.deleted', recent: true },
    summary: 'Delete the organisation, which has no projects any more: its members, API keys and invitations lose it',
    input: deleteOrganisationInput,
    output: nothing,
    run: deleteOrganisation,
  }),
  organisationOperation({
    ...{ id: 'listActivity', method: 'GET', path: '/activity', permission: 'audit:read', audit: null },
    summary: 'List what happened to the organisation, newest first',
    input: listActivityInput,
    output: listActivityOutput,
    run: listActivity,
  }),
]
