import type { Metadata } from 'next'
import { listKeys } from '#lib/management/keys/list.ts'
import { getProject } from '#lib/management/projects/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { KeyTable } from '../../../../../components/keys/key-table.tsx'
import { RotateKeys } from '../../../../../components/keys/rotate-keys.tsx'
import { SecretCard } from '../../../../../components/keys/secret-card.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { revokeProjectSecretAction, rotateKeysAction, rotateProjectSecretAction } from './actions.ts'

export const metadata: Metadata = { title: 'Keys & secrets' }

export default async function KeysPage({ params }: PageProps<'/projects/[project]/keys'>) {
  const ctx = await requireMember((await params).project)
  const [keys, { secrets }] = await Promise.all([listKeys(ctx), getProject(ctx)])
  const slug = ctx.project.slug
  const revoke = (secretId: string) => revokeProjectSecretAction.bind(null, slug, secretId)

  return (
    <Page title="Keys & secrets" description="What signs your tokens, and what proves that a caller is yours.">
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <SecretCard
          what="Registration secret"
          purpose="Lets its bearer register clients, and nothing else."
          variable="GATEHOUSE_REGISTRATION_SECRET"
          secrets={secrets.filter((secret) => secret.kind === 'registration')}
          rotate={rotateProjectSecretAction.bind(null, slug, 'registration')}
          revoke={revoke}
        />
        <SecretCard
          what="Server secret"
          purpose="Your backend checks tokens with it, and mints them for users it has signed in itself."
          variable="GATEHOUSE_SERVER_SECRET"
          secrets={secrets.filter((secret) => secret.kind === 'server')}
          rotate={rotateProjectSecretAction.bind(null, slug, 'server')}
          revoke={revoke}
        />
      </div>
      <section className="grid min-w-0 gap-3">
        <div className="flex flex-wrap items-end justify-between gap-3">
          <div className="grid gap-0.5">
            <h2 className="font-semibold text-[15px]">Signing keys</h2>
            <p className="text-[13px] text-ink-soft">
              Your server reads the public halves from the JWKS. A new one is published before it signs, so nothing has to be restarted.
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            <RotateKeys label="Rotate now" action={rotateKeysAction.bind(null, slug, 'access-token')} />
            {keys.some((key) => key.purpose === 'id-token') && (
              <RotateKeys label="Rotate for id tokens" action={rotateKeysAction.bind(null, slug, 'id-token')} />
            )}
          </div>
        </div>
        <KeyTable keys={keys} />
      </section>
    </Page>
  )
}
