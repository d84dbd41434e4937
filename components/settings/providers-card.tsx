import type { ProviderList } from '#lib/management/upstream-providers/list.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { counted } from '../ui/counted.ts'
import type { FormAction } from '../ui/form-state.ts'
import { ToChange } from '../ui/may-change.tsx'
import { CallbackUrls } from './callback-urls.tsx'
import { AddProviderDialog, EditProviderDialog } from './provider-dialog.tsx'
import { ProviderTest, type TestProvider } from './provider-test.tsx'

type ProvidersCardProps = {
  list: ProviderList
  add: FormAction
  edit: (id: string) => FormAction
  remove: (id: string) => FormAction
  test: (id: string) => TestProvider
}

export function ProvidersCard({ list: { providers, next }, add, edit, remove, test }: ProvidersCardProps) {
  return (
    <Card id="providers" className="scroll-mt-20">
      <CardHeader
        title="Identity providers"
        description="People sign in where they have an account already: Google, GitHub, Microsoft, Okta, or any OpenID provider. Clients get our tokens, never theirs."
        action={<AddProviderDialog id={next.id} callbackUrls={next.callbackUrls} action={add} />}
      />
      <CardBody>
        {providers.length === 0 && <p className="text-[13px] text-ink-soft">None at the moment.</p>}
        {providers.map((provider) => (
          <section key={provider.id} aria-label={provider.name} className="grid gap-3 rounded-lg border bg-sunken px-3.5 py-3 text-[13px]">
            <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              <div className="grid min-w-0 gap-0.5">
                <h3 className="flex flex-wrap items-center gap-2">
                  <span className="wrap-anywhere font-medium text-sm">{provider.name}</span>
                  {!provider.enabled && <Badge tone="warn">Switched off</Badge>}
                  {provider.keepTokens && <Badge>Tokens kept</Badge>}
                </h3>
                <span className="wrap-anywhere text-ink-soft">{provider.issuer ?? 'https://github.com'}</span>
              </div>
              <div className="-mx-1 flex flex-wrap gap-1">
                <EditProviderDialog provider={provider} action={edit(provider.id)} />
                <ConfirmDialog
                  trigger={
                    <Button tone="ghost" size="sm" aria-label={`Remove ${provider.name}`}>
                      Remove
                    </Button>
                  }
                  title={`Remove ${provider.name}?`}
                  confirm="Remove"
                  {...(provider.userCount > 0 ? { typed: provider.name } : {})}
                  done={`${provider.name} is removed`}
                  action={remove(provider.id)}
                >
                  <p>
                    <strong className="font-medium text-ink">
                      {provider.userCount === 0
                        ? 'Nobody has come from there yet.'
                        : `${counted(provider.userCount, 'user')} ${provider.userCount === 1 ? 'has' : 'have'} come from there.`}
                    </strong>{' '}
                    Nobody can sign in with it any more: who has no other way is locked out. Tokens that were kept are gone. Its users come
                    back when you add it again.
                  </p>
                  <p>To stop it for a while and keep the tokens, switch it off instead.</p>
                </ConfirmDialog>
              </div>
            </header>
            <CallbackUrls urls={provider.callbackUrls} />
            <ToChange>
              <ProviderTest name={provider.name} action={test(provider.id)} />
            </ToChange>
          </section>
        ))}
      </CardBody>
    </Card>
  )
}
