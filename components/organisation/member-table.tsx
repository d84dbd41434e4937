'use client'

import type { ListedMember } from '#lib/management/members/list.ts'
import { ProjectTile } from '../layout/project-tile.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { QuietCopy } from '../ui/copyable.tsx'
import { counted } from '../ui/counted.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import type { FormAction, FormState } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { ChangeRoleDialog } from './change-role-dialog.tsx'
import { type RoleName, roleLabel } from './role-words.ts'

/** A server action for one member. */
export type OfMember = (memberId: string, state: FormState, form: FormData) => Promise<FormState>

type MemberTableProps = {
  members: readonly ListedMember[]
  /** The reader's own id. */
  self: string
  /** Roles the reader may give and take; none: they only look. */
  governs: readonly RoleName[]
  organisation: string
  sort: string
  hidden: readonly string[]
  changeRole: OfMember
  remove: OfMember
}

export function MemberTable({ members, self, governs, organisation, sort, hidden, changeRole, remove }: MemberTableProps) {
  const columns: Column<ListedMember>[] = [
    { id: 'member', header: 'Member', sort: 'name', fixed: true, cell: (member) => <Person member={member} isSelf={member.id === self} /> },
    { id: 'role', header: 'Role', cell: ({ role }) => <Badge tone={role === 'owner' ? 'accent' : 'neutral'}>{roleLabel(role)}</Badge> },
    {
      id: 'secondFactor',
      header: 'Second factor',
      cell: ({ secondFactor }) => (secondFactor ? <Badge tone="good">On</Badge> : <span className="text-ink-faint">None</span>),
    },
    {
      id: 'lastSignIn',
      header: 'Last sign-in',
      sort: 'lastSignInAt',
      descendingFirst: true,
      cell: ({ lastSignInAt }) => <RelativeTime at={lastSignInAt} />,
    },
    { id: 'joined', header: 'Joined', sort: 'joinedAt', descendingFirst: true, cell: ({ joinedAt }) => <RelativeTime at={joinedAt} /> },
  ]
  const acts: Column<ListedMember> = {
    id: 'acts',
    header: 'Actions',
    fixed: true,
    align: 'right',
    cell: (member) =>
      (governs as readonly string[]).includes(member.role) &&
      member.id !== self && (
        <span className="inline-flex gap-2">
          <ChangeRoleDialog member={member} roles={governs} action={boundTo(changeRole, member.id)} />
          <RemoveMember member={member} organisation={organisation} action={boundTo(remove, member.id)} />
        </span>
      ),
  }
  return (
    <DataTable
      nouns={['member', 'members']}
      name="members"
      rows={members}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      columns={governs.length > 0 ? [...columns, acts] : columns}
      sort={sort}
      hidden={hidden}
    />
  )
}

const boundTo =
  (action: OfMember, memberId: string): FormAction =>
  (state, form) =>
    action(memberId, state, form)

function Person({ member, isSelf }: { member: ListedMember; isSelf: boolean }) {
  return (
    <span className="flex min-w-52 items-center gap-3">
      <ProjectTile name={member.name} />
      <span className="grid min-w-0 leading-tight">
        <span className="flex items-center gap-2 font-medium">
          <span className="truncate">{member.name}</span>
          {isSelf && <Badge>You</Badge>}
          <QuietCopy label={`id of ${member.name}`} value={member.id} />
        </span>
        <span className="truncate text-ink-faint">{member.email}</span>
      </span>
    </span>
  )
}

function RemoveMember({ member, organisation, action }: { member: ListedMember; organisation: string; action: FormAction }) {
  return (
    <ConfirmDialog
      trigger={
        <Button tone="danger-quiet" size="sm" aria-label={`Remove ${member.name}`}>
          Remove
        </Button>
      }
      title={`Remove ${member.name}?`}
      confirm="Remove member"
      typed={member.email}
      done={`${member.name} is removed`}
      action={action}
    >
      <p>
        {member.email} reaches nothing of {organisation} from their next click on.{' '}
        <strong className="font-medium text-ink">
          {member.apiKeyCount === 0
            ? 'They have no API key'
            : `${counted(member.apiKeyCount, 'API key')} of theirs ${member.apiKeyCount === 1 ? 'stops' : 'stop'} working`}
          {member.invitationCount > 0 &&
            `, and ${counted(member.invitationCount, 'invitation')} they sent ${member.invitationCount === 1 ? 'ends' : 'end'}`}
          .
        </strong>
      </p>
      <p>Their account and their other organisations stay. What they did stays in the log.</p>
    </ConfirmDialog>
  )
}
