import { organisationOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { changeMemberRole } from './change-role.ts'
import { changeMemberRoleInput, listMembersInput, removeMemberInput } from './inputs.ts'
import { listMembers } from './list.ts'
import { listMembersOutput } from './outputs.ts'
import { removeMember } from './remove.ts'

export const memberOperations = [
  organisationOperation({
    ...{ id: 'listMembers', method: 'GET', path: '/members', permission: 'member:read', audit: null },
    summary: 'List the members of the organisation',
    input: listMembersInput,
    output: listMembersOutput,
    run: listMembers,
  }),
  organisationOperation({
    ...{ id: 'changeMemberRole', method: 'PATCH', path: '/members/{memberId}', permission: 'member:write' },
    ...{ audit: 'member.role_changed', recent: true },
    summary: 'Give a member another role',
    input: changeMemberRoleInput,
    output: nothing,
    run: changeMemberRole,
  }),
  organisationOperation({
    ...{ id: 'removeMember', method: 'DELETE', path: '/members/{memberId}', permission: 'member:write' },
    ...{ audit: 'member.removed', recent: true },
    summary: 'Remove a member; their account and their other organisations stay',
    input: removeMemberInput,
    output: nothing,
    run: removeMember,
  }),
]
