import type { Metadata } from 'next'
import { getKeyImpact } from '#lib/management/keys/impact.ts'
import { listKeys } from '#lib/management/keys/list.ts'
import type { ProjectSecretKind } from '#lib/management/secrets/inputs.ts'
import { listProjectSecrets } from '#lib/management/secrets/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { KeySection } from '../../../../../components/keys/key-section.tsx'
import { SecretCard } from '../../../../../components/keys/secret-card.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { MayChange } from '../../../../../components/ui/may-change.tsx'
import {
  createSecretAction,
  renameSecretAction,
  revokeKeyAction,
  revokeSecretAction,
  rotateKeysAction,
  rotateSecretAction,
} from './actions.ts'

export const metadata: Metadata = { title: 'Keys & secrets' }

export default async function KeysPage({ params }: PageProps<'/projects/[project]/keys'>) {
  const ctx = await requireMember((await params).project)
  const { slug, issuer } = ctx.project
  const [list, { secrets }] = await Promise.all([listKeys(ctx), listProjectSecrets(ctx)])
  const signing = list.keys.find(({ purpose, state }) => purpose === 'access-token' && state === 'current')
  const impact = await getKeyImpact(ctx, { kid: signing?.kid ?? '' })
  const of = (kind: ProjectSecretKind) => ({
    secrets: secrets.filter((secret) => secret.kind === kind),
    create: createSecretAction.bind(null, slug, kind),
    actionsOf: (secretId: string) => ({
      rename: renameSecretAction.bind(null, slug, secretId),
      rotate: rotateSecretAction.bind(null, slug, secretId),
      revoke: revokeSecretAction.bind(null, slug, secretId),
    }),
  })

  return (
    <Page title="Keys & secrets" description="What signs your tokens, and what proves that a caller is yours.">
      <MayChange allowed={ctx.permissions.has('secret:write')}>
        <div className="grid items-start gap-6 xl:grid-cols-2">
          <SecretCard
            words={{
              ...{ what: 'Registration secret', variable: 'GATEHOUSE_REGISTRATION_SECRET', issuer },
              purpose: 'Lets its bearer register clients, and nothing else.',
            }}
            without="nobody registers a client while registration is guarded"
            {...of('registration')}
          />
          <SecretCard
            words={{
              ...{ what: 'Server secret', variable: 'GATEHOUSE_SERVER_SECRET', issuer },
              purpose: 'Your backend checks tokens with it, and mints them for users it has signed in itself.',
            }}
            without="your backend can check no token and mint none"
            {...of('server')}
          />
        </div>
      </MayChange>
      <MayChange allowed={ctx.permissions.has('key:rotate')}>
        <KeySection
          list={list}
          impact={impact}
          scheduleHref={`/projects/${slug}/settings/protocol#keyRotationDays`}
          rotate={(purpose) => rotateKeysAction.bind(null, slug, purpose)}
          revoke={(kid) => revokeKeyAction.bind(null, slug, kid)}
        />
      </MayChange>
    </Page>
  )
}
