import type { ListedTrustedIssuer } from '#lib/management/trusted-issuers/list.ts'

/** What an issuer is trusted with, for people. */
export const KINDS: Readonly<Record<ListedTrustedIssuer['kind'], { readonly label: string; readonly hint: string }>> = {
  'subject-token': {
    label: 'Users, at token exchange',
    hint: 'Your backend brings its token for a user and gets one of ours.',
  },
  'id-jag': {
    label: 'A company’s people',
    hint: 'Enterprise-managed authorization: its identity provider signs for them, and they are not asked.',
  },
  workload: {
    label: 'Programs',
    hint: 'Workload identity: a cloud or a pipeline signs for what runs there. Rules say which of it, and how far.',
  },
}

/** One rule in a line, as the form takes it: `claim=value claim=value → scope scope`. */
export const ruleText = ({ claims, scopes }: ListedTrustedIssuer['rules'][number]): string =>
  `${Object.entries(claims)
    .map(([claim, value]) => `${claim}=${value}`)
    .join(' ')} → ${scopes.join(' ')}`
