import { ArrowRight, Blocks, FileClock, KeyRound, ListChecks, LockKeyhole, RefreshCw, Target, UserRoundCheck, Webhook } from 'lucide-react'
import Link from 'next/link'
import { Logo } from '../../components/layout/logo.tsx'
import { ConnectionPreview } from '../../components/site/connection-preview.tsx'
import { Button } from '../../components/ui/button.tsx'

const STEPS = [
  {
    title: 'Create a project',
    text: 'Give it a name and the URL of your MCP server. Its issuer, signing keys and secrets exist before you are asked for anything else.',
  },
  {
    title: 'Point your server at it',
    text: 'Serve one JSON document, send one header with your 401, verify one JWT. The project page has the code, filled in with your values.',
  },
  {
    title: 'Connect a client',
    text: 'The client finds the issuer, registers, and sends the person to sign in. They see who asks for what, and choose. Your server gets a token meant for it alone.',
  },
]

const PROMISES = [
  {
    icon: LockKeyhole,
    title: 'Closed until you open it',
    text: 'Registration asks for a secret by default. One switch lets any MCP client in, and the page says which clients need that.',
  },
  {
    icon: Blocks,
    title: 'Every client there is',
    text: 'Claude, ChatGPT and VS Code come by their metadata document. Others register, or are made by hand. Each known quirk of theirs has a test.',
  },
  {
    icon: UserRoundCheck,
    title: 'Your users, where they are',
    text: 'Accounts here with password, passkey or mailed code; Google, GitHub or any OpenID provider; or your own sign-in page, in one call.',
  },
  {
    icon: Target,
    title: 'Tokens for one server',
    text: 'Every access token names the resource it is for (RFC 8707). A token for one project is worth nothing at another.',
  },
  {
    icon: ListChecks,
    title: 'Consent people can read',
    text: 'Scopes in your words, each with its own checkbox, beside the client’s name, where it will return to and how long access lasts.',
  },
  {
    icon: RefreshCw,
    title: 'Refresh that survives',
    text: 'Refresh tokens rotate. A lost response can be retried for a minute; a stolen token used later ends the whole family.',
  },
  {
    icon: KeyRound,
    title: 'Keys you can rotate',
    text: 'ES256 or RS256, one set per project, published before they sign and kept until the last token they signed has expired.',
  },
  {
    icon: Webhook,
    title: 'Everything by API',
    text: 'What the dashboard does, a key of yours can do: over HTTP with an OpenAPI document, or from the command line. Events come as signed webhooks.',
  },
  {
    icon: FileClock,
    title: 'A log of everything',
    text: 'Each registration, consent, token, refusal and change is a row, written in the same transaction as the thing it tells of.',
  },
]

export default function LandingPage() {
  return (
    <div className="min-h-dvh overflow-x-clip">
      <header className="mx-auto flex h-16 max-w-6xl items-center justify-between gap-4 px-5 sm:px-8">
        <Logo />
        <nav aria-label="Main" className="flex items-center gap-1.5">
          <Button asChild tone="ghost" size="sm">
            <Link href="/docs">Docs</Link>
          </Button>
          <Button asChild tone="ghost" size="sm">
            <Link href="/login">Log in</Link>
          </Button>
          <Button asChild size="sm">
            <Link href="/sign-up">Sign up</Link>
          </Button>
        </nav>
      </header>

      <main className="mx-auto grid max-w-6xl gap-24 px-5 pt-12 pb-24 sm:gap-32 sm:px-8 sm:pt-20">
        <section className="grid items-center gap-12 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)] lg:gap-14">
          <div className="grid gap-6">
            <h1 className="text-[clamp(2.1rem,5.4vw,3.35rem)] font-semibold leading-[1.05] tracking-[-0.04em]">
              The authorization server for your MCP&nbsp;server
            </h1>
            <p className="max-w-[54ch] text-[17px] text-ink-soft leading-relaxed">
              MCP clients expect OAuth 2.1: discovery, registration, consent, audience-bound tokens. Gatehouse does that part, for as many
              projects as you have. Your server keeps one job: checking a JWT.
            </p>
            <div className="flex flex-wrap gap-3">
              <Button asChild size="lg">
                <Link href="/sign-up">
                  Create a project
                  <ArrowRight aria-hidden />
                </Link>
              </Button>
              <Button asChild size="lg" tone="secondary">
                <Link href="/login">Log in</Link>
              </Button>
            </div>
            <p className="text-[13px] text-ink-faint">
              Open source under Apache 2.0. Runs on your machine, with PostgreSQL and nothing else.
            </p>
          </div>
          <ConnectionPreview />
        </section>

        <section aria-labelledby="steps" className="grid gap-8">
          <h2 id="steps" className="text-2xl font-semibold tracking-[-0.028em]">
            Three steps to a protected server
          </h2>
          <ol className="grid gap-px overflow-hidden rounded-xl border bg-line md:grid-cols-3">
            {STEPS.map((step, index) => (
              <li key={step.title} className="grid content-start gap-2 bg-surface p-6">
                <span className="font-mono text-ink-faint text-xs tabular-nums">{index + 1}</span>
                <h3 className="font-semibold text-[15px]">{step.title}</h3>
                <p className="text-ink-soft">{step.text}</p>
              </li>
            ))}
          </ol>
        </section>

        <section aria-labelledby="promises" className="grid gap-8">
          <h2 id="promises" className="text-2xl font-semibold tracking-[-0.028em]">
            What it takes care of
          </h2>
          <ul className="grid gap-x-10 gap-y-9 sm:grid-cols-2 lg:grid-cols-3">
            {PROMISES.map(({ icon: Icon, title, text }) => (
              <li key={title} className="grid content-start gap-2">
                <Icon aria-hidden className="size-[18px] text-ink-soft" />
                <h3 className="font-semibold">{title}</h3>
                <p className="text-ink-soft">{text}</p>
              </li>
            ))}
          </ul>
        </section>

        <section className="flex flex-wrap items-center justify-between gap-6 rounded-xl border bg-surface px-6 py-8 shadow-card sm:px-10">
          <div className="grid gap-1">
            <h2 className="text-xl font-semibold tracking-[-0.025em]">Two fields to a working issuer</h2>
            <p className="text-ink-soft">A name and a URL. Everything else has a default you can change later.</p>
          </div>
          <Button asChild size="lg">
            <Link href="/sign-up">Sign up</Link>
          </Button>
        </section>
      </main>

      <footer className="border-t">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-4 px-5 py-6 text-[13px] text-ink-soft sm:px-8">
          <Logo className="text-[13px] [&_svg]:size-5" />
          <p>Apache 2.0. Your users and tokens stay in your database.</p>
          <nav aria-label="Documentation" className="flex flex-wrap gap-x-4 gap-y-1">
            <Link href="/docs" className="rounded hover:text-ink hover:underline">
              Docs
            </Link>
            <Link href="/quirks" className="rounded hover:text-ink hover:underline">
              Client quirks
            </Link>
            <Link href="/changelog" className="rounded hover:text-ink hover:underline">
              Changelog
            </Link>
            <Link href="/status" className="rounded hover:text-ink hover:underline">
              Status
            </Link>
          </nav>
        </div>
      </footer>
    </div>
  )
}
