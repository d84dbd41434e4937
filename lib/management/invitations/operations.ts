import { organisationOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { createInvitation } from './create.ts'
import { createInvitationInput, listInvitationsInput, resendInvitationInput, revokeInvitationInput } from './inputs.ts'
import { listInvitations } from './list.ts'
import { createInvitationOutput, listInvitationsOutput, resendInvitationOutput } from './outputs.ts'
import { resendInvitation } from './resend.ts'
import { revokeInvitation } from './revoke.ts'

export const invitationOperations = [
  organisationOperation({
    ...{ id: 'listInvitations', method: 'GET', path: '/invitations', permission: 'member:read', audit: null },
    summary: 'List invitations, newest first',
    input: listInvitationsInput,
    output: listInvitationsOutput,
    run: listInvitations,
  }),
  organisationOperation({
    ...{ id: 'createInvitation', method: 'POST', path: '/invitations', permission: 'member:write' },
    ...{ audit: 'invitation.created', recent: true },
    summary: 'Invite somebody by mail; the link is in this answer and nowhere else',
    input: createInvitationInput,
    output: createInvitationOutput,
    run: createInvitation,
  }),
  organisationOperation({
    ...{ id: 'resendInvitation', method: 'POST', path: '/invitations/{invitationId}/resend', permission: 'member:write' },
    ...{ audit: 'invitation.resent', recent: true },
    summary: 'Send an invitation again, with a new link for another seven days; the old link ends',
    input: resendInvitationInput,
    output: resendInvitationOutput,
    run: resendInvitation,
  }),
  organisationOperation({
    ...{ id: 'revokeInvitation', method: 'DELETE', path: '/invitations/{invitationId}', permission: 'member:write' },
    ...{ audit: 'invitation.revoked' },
    summary: 'Withdraw an invitation',
    input: revokeInvitationInput,
    output: nothing,
    run: revokeInvitation,
  }),
]
