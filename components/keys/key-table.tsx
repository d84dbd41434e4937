import type { KeyImpact } from '#lib/management/keys/impact.ts'
import type { ListedKey } from '#lib/management/keys/list.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { CopyableText } from '../ui/copyable.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Table, Td, Th, ThActions, Tr } from '../ui/table.tsx'
import { PublicKeyDialog } from './public-key-dialog.tsx'
import { RevokeKeyDialog } from './revoke-key-dialog.tsx'

const TONES: Record<ListedKey['state'], Tone> = { current: 'good', next: 'accent', previous: 'neutral', revoked: 'bad' }
const PURPOSES: Record<ListedKey['purpose'], string> = { 'access-token': 'Access tokens', 'id-token': 'ID tokens' }

type KeyTableProps = { keys: readonly ListedKey[]; impact: KeyImpact; revoke: (kid: string) => FormAction }

export function KeyTable({ keys, impact, revoke }: KeyTableProps) {
  return (
    <Table label="Signing keys">
      <thead>
        <tr>
          <Th>State</Th>
          <Th>Key id</Th>
          <Th>Signs</Th>
          <Th>Algorithm</Th>
          <Th>Age</Th>
          <Th>What comes next</Th>
          <ThActions />
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <Tr key={key.kid}>
            <Td>
              <Badge tone={TONES[key.state]} className="capitalize">
                {key.state}
              </Badge>
            </Td>
            <Td className="max-w-48">
              <CopyableText label="key id" value={key.kid} />
            </Td>
            <Td className="whitespace-nowrap">{PURPOSES[key.purpose]}</Td>
            <Td className="font-mono text-[12.5px]">{key.algorithm}</Td>
            <Td className="text-ink-soft">
              <RelativeTime at={key.createdAt} />
            </Td>
            <Td className="min-w-52 text-ink-soft">
              <Future of={key} />
            </Td>
            <Td className="whitespace-nowrap text-right">
              <PublicKeyDialog kid={key.kid} jwk={JSON.stringify(key.publicJwk, null, 2)} />
              {key.state !== 'revoked' && (
                <RevokeKeyDialog kid={key.kid} state={key.state} purpose={key.purpose} impact={impact} action={revoke(key.kid)} />
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function Future({ of: key }: { of: ListedKey }) {
  switch (key.state) {
    case 'current':
      return key.rotatesAt ? (
        <>
          Signs new tokens; rotates <RelativeTime at={key.rotatesAt} />
        </>
      ) : (
        'Signs new tokens until you rotate it'
      )
    case 'next':
      return 'Published, signs after the next rotation'
    case 'previous':
      return (
        <>
          Verifies what it signed; leaves the JWKS <RelativeTime at={key.expiresAt} />
        </>
      )
    case 'revoked':
      return 'Refused, with all that it signed'
  }
}
