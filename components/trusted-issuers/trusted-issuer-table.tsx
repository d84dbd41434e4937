import type { ListedTrustedIssuer } from '#lib/management/trusted-issuers/list.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { counted } from '../ui/counted.ts'
import type { FormAction } from '../ui/form-state.ts'
import { Table, Td, Th, ThActions, Tr } from '../ui/table.tsx'
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
          <ThActions />
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
        typed={hostOf(trusted.issuer)}
        done={`${trusted.issuer} is no longer trusted`}
        action={acts.remove(trusted.id)}
      >
        <p className="wrap-anywhere">Nothing that {trusted.issuer} signed counts from now on.</p>
        {trusted.kind === 'workload' ? (
          <p>Tokens of its programs end at once, and they get no new ones.</p>
        ) : (
          <p>
            <strong className="font-medium text-ink">
              {trusted.userCount === 0
                ? 'It has named nobody yet.'
                : `It has named ${counted(trusted.userCount, 'user')}, who ${trusted.userCount === 1 ? 'gets' : 'get'} no new token this way.`}
            </strong>{' '}
            Tokens they hold live until they expire, and they stay users of this project.
          </p>
        )}
      </ConfirmDialog>
    </>
  )
}

/** An issuer is a URL, but what it calls itself is its own affair. */
const hostOf = (issuer: string): string => /^https?:\/\/([^/?#]+)/.exec(issuer)?.[1] ?? issuer
