import { DEFAULT_LOCALE } from '#lib/oauth/ui-locales.ts'
import type { Words } from '#lib/words/en.ts'
import { wordsIn } from '#lib/words/words.ts'
import { pageLocale, pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'
import { CheckboxField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { accountName } from './account-name.ts'
import { ClientMark } from './client-mark.tsx'
import { ClientOrigin, identityOf, type ShownClient } from './client-origin.tsx'
import { lifetimeWords } from './lifetime-words.ts'

type Scope = {
  readonly name: string
  readonly description: string
  readonly requested: boolean
  readonly allowedBefore: boolean
  readonly ticked: boolean
  /** It comes with the request or not at all. */
  readonly locked: boolean
  readonly risk: 'low' | 'medium' | 'high'
}

type ConsentFormProps = {
  action: string
  signOutAction: string
  /** Allow was pressed with nothing ticked. */
  noScope: boolean
  request: {
    handle: string
    csrf: string
    projectName: string
    client: ShownClient
    /** Null: a device asks, which gets its answer by itself. */
    redirect: { display: string; full: string; loopback: boolean } | null
    resource: { names: readonly string[]; identifiers: readonly string[] }
    identifies: boolean
    scopes: readonly Scope[]
    accessTokenTtlSeconds: number
    refreshDays: number | null
    account: { email: string | null; name: string | null }
  }
}

/** All that a person should know before deciding, and two answers of the same size. */
export async function ConsentForm({ action, signOutAction, noScope, request }: ConsentFormProps) {
  const { client, redirect, resource, scopes, account } = request
  const [locale, all] = [await pageLocale(), await pageWords()]
  const words = all.consent
  return (
    <>
      <header className="grid gap-2.5">
        <ClientMark client={client} />
        <h1 className="wrap-anywhere font-semibold text-xl leading-snug tracking-[-0.02em]">
          {words.title(identityOf(client), request.projectName)}
        </h1>
        <ClientOrigin client={client} />
        <AccountLine action={signOutAction} request={request} name={accountName(account, all)} />
      </header>
      {!client.verified && (
        <Notice tone="warn" title={words.uncheckedTitle}>
          {words.unchecked}
        </Notice>
      )}
      {!redirect && (
        <Notice tone="warn" title={words.deviceTitle}>
          {words.device}
        </Notice>
      )}
      {redirect?.loopback && (
        <Notice tone="warn" title={words.loopbackTitle}>
          {client.byDomain && client.host ? words.loopbackOf(client.host) : words.loopback}
        </Notice>
      )}
      {client.byDomain && client.host && redirect && !redirect.loopback && redirect.display !== client.host && (
        <Notice tone="warn" title={words.otherAddressTitle}>
          {words.otherAddress(redirect.display, client.host)}
        </Notice>
      )}
      {noScope && <Notice tone="bad">{words.tickOne}</Notice>}
      <form id="decide" method="post" action={action} className="grid gap-6">
        <input type="hidden" name="request" value={request.handle} />
        <input type="hidden" name="csrf" value={request.csrf} />
        <fieldset className="grid gap-3">
          <legend className="mb-2.5 font-medium text-[13px] text-ink-soft">{words.may}</legend>
          {scopes.length === 0 && <p>{words.onlyIdentity}</p>}
          {scopes.length > 0 && request.identifies && <p>{words.identity}</p>}
          {scopes.map((scope) => (
            <CheckboxField
              key={scope.name}
              label={descriptionOf(scope, words)}
              name="scope"
              value={scope.name}
              defaultChecked={scope.ticked}
              disabled={scope.locked}
              hint={
                <>
                  <code className="font-mono text-xs">{scope.name}</code>
                  {scope.locked && ` · ${words.mustBe}`}
                  {markOf(scope, scopes, words)}
                  {scope.risk === 'high' && <strong className="font-medium text-bad"> · {words.risky}</strong>}
                </>
              }
            />
          ))}
        </fieldset>
        <dl className="grid gap-3 border-t pt-5 text-[13px]">
          <Fact name={words.at}>
            {resource.names.map((name, index) => (
              <span key={resource.identifiers[index]} className="block">
                {name} <span className="wrap-anywhere text-ink-soft">{resource.identifiers[index]}</span>
              </span>
            ))}
          </Fact>
          <Fact name={words.forHowLong}>{lifetimeWords(locale, request.accessTokenTtlSeconds, request.refreshDays)}</Fact>
          <Fact name={words.returnsTo}>
            {redirect ? <RedirectTarget {...redirect} /> : <strong className="font-medium">{words.anotherDevice}</strong>}
          </Fact>
        </dl>
        <div className="grid grid-cols-2 gap-3">
          <Button type="submit" name="decision" value="deny" tone="secondary" className="h-11 border-control">
            {words.deny}
          </Button>
          <Button type="submit" name="decision" value="allow" tone="secondary" className="h-11 border-control">
            {words.allow}
          </Button>
        </div>
      </form>
    </>
  )
}

/** The operator's own words; OpenID Connect's scopes are ours to describe. */
function descriptionOf({ name, description }: Scope, { scopes }: Words['consent']): string {
  const ours = Object.hasOwn(scopes, name) ? (name as keyof typeof scopes) : null
  return ours && wordsIn(DEFAULT_LOCALE).consent.scopes[ours] === description ? scopes[ours] : description
}

/** Where some of it was allowed before, what is new stands out. */
function markOf({ requested, allowedBefore }: Scope, all: readonly Scope[], words: Words['consent']): string {
  if (allowedBefore) return ` · ${words.allowedBefore}`
  if (!requested) return ` · ${words.notAsked}`
  return all.some((each) => each.allowedBefore) ? ` · ${words.isNew}` : ''
}

async function RedirectTarget({ display, full }: { display: string; full: string }) {
  const words = (await pageWords()).consent
  return (
    <details className="group">
      <summary className="flex w-fit max-w-full list-none flex-wrap items-baseline gap-x-2 rounded">
        <strong className="wrap-anywhere font-medium">{display}</strong>
        <span className="text-ink-soft underline decoration-line-strong underline-offset-4 group-open:hidden">{words.showAddress}</span>
      </summary>
      <code className="mt-1 block break-all font-mono text-ink-soft text-xs">{full}</code>
    </details>
  )
}

async function AccountLine({ action, request, name }: { action: string; request: { handle: string; csrf: string }; name: string }) {
  const words = await pageWords()
  return (
    <form method="post" action={action} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-[13px] text-ink-soft">
      <input type="hidden" name="request" value={request.handle} />
      <input type="hidden" name="csrf" value={request.csrf} />
      <input type="hidden" name="intent" value="sign-out" />
      <span className="wrap-anywhere min-w-0">
        {words.signedInAs(
          <strong key="account" className="font-medium text-ink">
            {name}
          </strong>,
        )}
      </span>
      <button type="submit" className="rounded underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-current">
        {words.consent.notYou}
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
