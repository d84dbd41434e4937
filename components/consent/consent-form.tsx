import { Button } from '../ui/button.tsx'
import { CheckboxField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { ClientOrigin } from './client-origin.tsx'
import { lifetimeWords } from './lifetime-words.ts'

type Scope = { readonly name: string; readonly description: string; readonly requested: boolean }

type ConsentFormProps = {
  action: string
  signOutAction: string
  /** Allow was pressed with nothing ticked. */
  noScope: boolean
  request: {
    handle: string
    csrf: string
    projectName: string
    client: { name: string; verified: boolean; host: string | null }
    redirect: { display: string; full: string; loopback: boolean }
    resource: { names: readonly string[]; identifiers: readonly string[] }
    scopes: readonly Scope[]
    accessTokenTtlSeconds: number
    refreshDays: number | null
    account: { email: string; name: string | null }
  }
}

/** All that a person should know before deciding, and two answers of the same size. */
export function ConsentForm({ action, signOutAction, noScope, request }: ConsentFormProps) {
  const { client, redirect, resource, scopes, account } = request
  return (
    <>
      <header className="grid gap-2.5">
        <h1 className="wrap-anywhere font-semibold text-xl leading-snug tracking-[-0.02em]">
          {client.name} wants access to your {request.projectName} account
        </h1>
        <ClientOrigin client={client} />
        <AccountLine action={signOutAction} request={request} email={account.email} />
      </header>
      {!client.verified && (
        <Notice tone="warn" title="Nobody has checked this app">
          It registered itself and chose its own name. Go on only if you started this yourself a moment ago.
        </Notice>
      )}
      {redirect.loopback && (
        <Notice tone="warn" title="It returns to this computer">
          A program running on your own machine gets the answer. Allow it only if you started that program.
        </Notice>
      )}
      {noScope && <Notice tone="bad">Tick at least one thing you allow, or choose Deny.</Notice>}
      <form id="decide" method="post" action={action} className="grid gap-6">
        <input type="hidden" name="request" value={request.handle} />
        <input type="hidden" name="csrf" value={request.csrf} />
        <fieldset className="grid gap-3">
          <legend className="mb-2.5 font-medium text-[13px] text-ink-soft">It may</legend>
          {scopes.length === 0 && <p>Know that you have an account here, and nothing more.</p>}
          {scopes.map((scope) => (
            <CheckboxField
              key={scope.name}
              label={scope.description}
              name="scope"
              value={scope.name}
              defaultChecked={scope.requested}
              hint={
                <>
                  <code className="font-mono text-xs">{scope.name}</code>
                  {!scope.requested && ' · not asked for'}
                </>
              }
            />
          ))}
        </fieldset>
        <dl className="grid gap-3 border-t pt-5 text-[13px]">
          <Fact name="At">
            {resource.names.map((name, index) => (
              <span key={resource.identifiers[index]} className="block">
                {name} <span className="wrap-anywhere text-ink-soft">{resource.identifiers[index]}</span>
              </span>
            ))}
          </Fact>
          <Fact name="For how long">{lifetimeWords(request.accessTokenTtlSeconds, request.refreshDays)}</Fact>
          <Fact name="Returns to">
            <details className="group">
              <summary className="flex w-fit max-w-full list-none flex-wrap items-baseline gap-x-2 rounded">
                <strong className="wrap-anywhere font-medium">{redirect.display}</strong>
                <span className="text-ink-soft underline decoration-line-strong underline-offset-4 group-open:hidden">
                  Show full address
                </span>
              </summary>
              <code className="mt-1 block break-all font-mono text-ink-soft text-xs">{redirect.full}</code>
            </details>
          </Fact>
        </dl>
        <div className="grid grid-cols-2 gap-3">
          <Button type="submit" name="decision" value="deny" tone="secondary" className="h-11 border-control">
            Deny
          </Button>
          <Button type="submit" name="decision" value="allow" tone="secondary" className="h-11 border-control">
            Allow
          </Button>
        </div>
      </form>
    </>
  )
}

function AccountLine({ action, request, email }: { action: string; request: { handle: string; csrf: string }; email: string }) {
  return (
    <form method="post" action={action} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-[13px] text-ink-soft">
      <input type="hidden" name="request" value={request.handle} />
      <input type="hidden" name="csrf" value={request.csrf} />
      <input type="hidden" name="intent" value="sign-out" />
      <span className="wrap-anywhere min-w-0">
        Signed in as <strong className="font-medium text-ink">{email}</strong>
      </span>
      <button type="submit" className="rounded underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-current">
        Not you?
      </button>
    </form>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}
