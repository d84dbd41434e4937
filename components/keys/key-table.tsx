import type { ListedKey } from '#lib/management/keys/list.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { CopyableText } from '../ui/copyable.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Table, Td, Th, Tr } from '../ui/table.tsx'

const STATES: Record<ListedKey['state'], { tone: Tone; words: string }> = {
  current: { tone: 'good', words: 'Signs new tokens' },
  next: { tone: 'accent', words: 'Published, signs after the next rotation' },
  previous: { tone: 'neutral', words: 'Still verifies tokens it signed' },
  revoked: { tone: 'bad', words: 'Refused' },
}

const PURPOSES: Record<ListedKey['purpose'], string> = { 'access-token': 'Access tokens', 'id-token': 'Id tokens' }

export function KeyTable({ keys }: { keys: readonly ListedKey[] }) {
  return (
    <Table label="Signing keys">
      <thead>
        <tr>
          <Th>Key id</Th>
          <Th>Signs</Th>
          <Th>State</Th>
          <Th>Algorithm</Th>
          <Th>Created</Th>
          <Th>Signs since</Th>
          <Th>Leaves the JWKS</Th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <Tr key={key.kid}>
            <Td className="max-w-60">
              <CopyableText label="key id" value={key.kid} />
            </Td>
            <Td className="whitespace-nowrap">{PURPOSES[key.purpose]}</Td>
            <Td className="min-w-64">
              <span className="flex items-center gap-2.5">
                <Badge tone={STATES[key.state].tone} className="capitalize">
                  {key.state}
                </Badge>
                <span className="text-ink-soft">{STATES[key.state].words}</span>
              </span>
            </Td>
            <Td className="font-mono text-[12.5px]">{key.algorithm}</Td>
            <Td className="text-ink-soft">
              <RelativeTime at={key.createdAt} />
            </Td>
            <Td className="text-ink-soft">
              <RelativeTime at={key.activatedAt} never="Not yet" />
            </Td>
            <Td className="text-ink-soft">
              <RelativeTime at={key.expiresAt} never="Not set" />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
