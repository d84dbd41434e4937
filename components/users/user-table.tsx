import Link from 'next/link'
import type { ListedUser } from '#lib/management/users/list.ts'
import { Badge } from '../ui/badge.tsx'
import { CopyableText } from '../ui/copyable.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Table, Td, Th, Tr } from '../ui/table.tsx'

export function UserTable({ project, users }: { project: string; users: readonly ListedUser[] }) {
  return (
    <Table label="Users">
      <thead>
        <tr>
          <Th>User</Th>
          <Th>Id (sub)</Th>
          <Th>Status</Th>
          <Th className="text-right">Grants</Th>
          <Th>Last sign-in</Th>
          <Th>Created</Th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <Tr key={user.id}>
            <Td className="min-w-52 max-w-72">
              <div className="grid min-w-0">
                <Link
                  href={`/projects/${project}/users/${encodeURIComponent(user.id)}`}
                  className="w-fit max-w-full truncate rounded font-medium hover:underline"
                >
                  {user.email ?? user.name ?? 'No e-mail address'}
                </Link>
                {user.email && user.name && <span className="truncate text-ink-faint">{user.name}</span>}
              </div>
            </Td>
            <Td className="max-w-56 text-ink-soft">
              <CopyableText label="user id" value={user.id} />
            </Td>
            <Td>{user.disabledAt ? <Badge tone="bad">Disabled</Badge> : <Badge tone="good">Active</Badge>}</Td>
            <Td className="text-right tabular-nums">{user.grantCount}</Td>
            <Td className="text-ink-soft">
              <RelativeTime at={user.lastSignInAt} />
            </Td>
            <Td className="text-ink-soft">
              <RelativeTime at={user.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
