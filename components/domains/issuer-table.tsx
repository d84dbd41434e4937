import type { ListedIssuer } from '#lib/management/domains/list-issuers.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { CopyableText } from '../ui/copyable.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Table, Td, Th, ThActions, Tr } from '../ui/table.tsx'

const KINDS: Readonly<Record<ListedIssuer['kind'], string>> = {
  path: 'Below the shared host',
  subdomain: 'A subdomain of its own',
  custom: 'Your domain',
}

type IssuerTableProps = { issuers: readonly ListedIssuer[]; makePrimary: null | ((url: string) => FormAction) }

export function IssuerTable({ issuers, makePrimary }: IssuerTableProps) {
  return (
    <Table label="Issuers">
      <thead>
        <tr>
          <Th>Issuer</Th>
          <Th>Kind</Th>
          <Th className="text-right">Connections</Th>
          <ThActions />
        </tr>
      </thead>
      <tbody>
        {issuers.map(({ url, kind, isPrimary, connections }) => (
          <Tr key={url}>
            <Td className="min-w-60">
              <CopyableText label="issuer URL" value={url} />
              {isPrimary && (
                <Badge tone="accent" className="mt-1">
                  Primary
                </Badge>
              )}
            </Td>
            <Td className="whitespace-nowrap text-ink-soft">{KINDS[kind]}</Td>
            <Td className="text-right tabular-nums">{connections.toLocaleString('en')}</Td>
            <Td className="whitespace-nowrap text-right">
              {!isPrimary && makePrimary && <MakePrimary url={url} action={makePrimary(url)} />}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function MakePrimary({ url, action }: { url: string; action: FormAction }) {
  return (
    <ConfirmDialog
      trigger={
        <Button tone="ghost" size="sm" aria-label={`Make primary: ${url}`}>
          Make primary
        </Button>
      }
      title="Make it the primary issuer?"
      confirm="Make primary"
      danger={false}
      done="The primary issuer is chosen"
      action={action}
    >
      <p className="wrap-anywhere">
        This dashboard, its snippets and mails name <strong className="font-medium text-ink">{url}</strong> from now on.
      </p>
      <p>
        Nobody is moved: every client stays connected at the issuer where it began, and your server has to accept tokens of both until the
        last of them has connected anew. Change <code className="font-mono text-[12.5px]">authorization_servers</code> in your server’s
        metadata only once it accepts the new one.
      </p>
    </ConfirmDialog>
  )
}
