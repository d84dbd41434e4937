import { AccountForm, type AccountFormProps } from '../account-page/account-form.tsx'
import { ClientMark } from '../consent/client-mark.tsx'
import { ClientOrigin, identityOf, type ShownClient } from '../consent/client-origin.tsx'
import { ago, pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'

type Connection = {
  readonly grantId: string
  readonly redirect: { readonly display: string; readonly loopback: boolean } | null
  readonly resources: readonly string[]
  readonly scopes: readonly string[]
  readonly connectedAt: Date
  readonly renewedAt: Date | null
}

type AppSectionProps = {
  form: AccountFormProps
  app: { readonly clientId: string; readonly client: ShownClient; readonly connections: readonly Connection[] }
}

/** One app, with all that was allowed to it. */
export async function AppSection({ form, app: { clientId, client, connections } }: AppSectionProps) {
  const words = (await pageWords()).connectedApps
  const name = identityOf(client)
  return (
    <section aria-label={name} className="grid gap-4 border-t pt-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 gap-3">
          <ClientMark client={client} />
          <div className="grid min-w-0 content-center gap-1.5">
            <h2 className="wrap-anywhere font-semibold text-[15px]">{name}</h2>
            <ClientOrigin client={client} />
          </div>
        </div>
        {connections.length > 1 && (
          <AccountForm {...form} intent="disconnect-app" fields={{ client: clientId }} className="flex">
            <Button type="submit" tone="danger-quiet" size="sm">
              {words.disconnectSome(connections.length)}
            </Button>
          </AccountForm>
        )}
      </div>
      <ul className="grid gap-4">
        {connections.map((connection) => (
          <li key={connection.grantId} className="grid gap-2.5">
            <ConnectionFacts connection={connection} />
            <AccountForm {...form} intent="disconnect" fields={{ grant: connection.grantId }} className="flex">
              <Button type="submit" tone="secondary" size="sm" aria-label={words.disconnectNamed(name)}>
                {words.disconnect}
              </Button>
            </AccountForm>
          </li>
        ))}
      </ul>
    </section>
  )
}

async function ConnectionFacts({ connection: { redirect, resources, scopes, connectedAt, renewedAt } }: { connection: Connection }) {
  const { connectedApps: words, consent } = await pageWords()
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-[13px] [&_dd]:min-w-0 [&_dd]:wrap-anywhere [&_dt]:text-ink-soft">
      <dt>{words.may}</dt>
      <dd>
        {scopes.length === 0 && words.onlyIdentity}
        {scopes.map((scope) => (
          <span key={scope} className="block">
            {scope}
          </span>
        ))}
      </dd>
      <dt>{words.at}</dt>
      <dd>{resources.join(', ')}</dd>
      <dt>{words.returnedTo}</dt>
      <dd>{redirect ? (redirect.loopback ? words.ownComputer(redirect.display) : redirect.display) : consent.anotherDevice}</dd>
      <dt>{words.connected}</dt>
      <dd>{await ago(connectedAt)}</dd>
      <dt>{words.renewed}</dt>
      <dd>{renewedAt ? await ago(renewedAt) : words.never}</dd>
    </dl>
  )
}
