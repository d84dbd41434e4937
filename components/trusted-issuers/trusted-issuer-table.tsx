import type { ListedTrustedIssuer } from '#lib/management/trusted-issuers/list.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Table, Td, Th, Tr } from '../ui/table.tsx'
import { TrustedIssuerDialog } from './trusted-issuer-dialog.tsx'
import { KINDS, ruleText } from './trusted-issuer-words.ts'

type TrustedIssuerTableProps = {
  issuers: readonly ListedTrustedIssuer[]
  acts: null | { update: (id: string) => FormAction; remove: (id: string) => FormAction }
}

export function TrustedIssuerTable({ issuers, acts }: TrustedIssuerTableProps) {
  return (
    <Table label="Trusted issuers">
      <thead>
        <tr>
          <Th>Issuer</Th>
          <Th>Says who is</Th>
          <Th>Rules</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {issuers.map((trusted) => (
          <Tr key={trusted.id}>
            <Td className="min-w-52">
              <code className="break-all font-mono text-[12.5px]">{trusted.issuer}</code>
              <span className="mt-0.5 block break-all text-[13px] text-ink-soft">{trusted.jwksUri ?? 'Keys kept here'}</span>
              {trusted.audience && <span className="block break-all text-[13px] text-ink-soft">aud {trusted.audience}</span>}
            </Td>
            <Td className="whitespace-nowrap">{KINDS[trusted.kind].label}</Td>
            <Td className="min-w-52">
              {trusted.rules.length === 0 ? (
                <span className="text-ink-faint">Any scope of the project</span>
              ) : (
                trusted.rules.map((rule) => (
                  <code key={ruleText(rule)} className="block break-words font-mono text-[12.5px]">
                    {ruleText(rule)}
                  </code>
                ))
              )}
            </Td>
            <Td className="whitespace-nowrap text-right">{acts && <Acts trusted={trusted} acts={acts} />}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function Acts({ trusted, acts }: { trusted: ListedTrustedIssuer; acts: NonNullable<TrustedIssuerTableProps['acts']> }) {
  return (
    <>
      <TrustedIssuerDialog
        trusted={trusted}
        action={acts.update(trusted.id)}
        trigger={
          <Button tone="ghost" size="sm" aria-label={`Edit ${trusted.issuer}`}>
            Edit
          </Button>
        }
      />
      <ConfirmDialog
        trigger={
          <Button tone="ghost" size="sm" aria-label={`Stop trusting ${trusted.issuer}`}>
            Stop trusting
          </Button>
        }
        title="Stop trusting this issuer?"
        confirm="Stop trusting"
        done={`${trusted.issuer} is no longer trusted`}
        action={acts.remove(trusted.id)}
      >
        <p>
          Nothing that it signed counts from now on, and tokens of its programs end at once. Tokens of people it named live until they
          expire.
        </p>
      </ConfirmDialog>
    </>
  )
}
