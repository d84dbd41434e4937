import { Check, ChevronDown } from 'lucide-react'
import Link from 'next/link'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { classNames } from '../ui/class-names.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { LiveRefresh } from './live-refresh.tsx'
import { type SetupFacts, type SetupStep, setupSteps } from './setup-steps.ts'

/** Ticks itself from real traffic: nothing here is clicked. One line once all is done. */
export function SetupChecklist({ signIn, ...facts }: SetupFacts & { signIn: SignInAnswer | null }) {
  const steps = setupSteps(facts)
  const next = steps.findIndex((step) => step.at === null)
  const open = steps[next]
  if (!open) return <AllDone steps={steps} signIn={signIn} />
  const done = steps.filter((step) => step.at !== null).length
  return (
    <Card>
      <CardHeader
        title="Getting connected"
        description="Each step ticks itself when real traffic does it."
        action={<Badge>{`${done} of ${steps.length}`}</Badge>}
      />
      <CardBody className="gap-5">
        <StepList steps={steps} next={next} />
        <NextStep step={open} />
        {signIn && <SignInLine {...signIn} />}
        <LiveRefresh />
      </CardBody>
    </Card>
  )
}

/** Who signs users in, once that is answered. `href`: where it is changed. */
type SignInAnswer = { readonly ways: string; readonly href: string }

function SignInLine({ ways, href }: SignInAnswer) {
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 border-t pt-4 text-[13px]">
      <Tick done next={false} />
      <span className="wrap-anywhere min-w-0">
        <span className="font-medium">Your users sign in with</span> {ways}
      </span>
      <Link href={href} aria-label="Change how users sign in" className="underline decoration-line-strong underline-offset-4">
        Change
      </Link>
    </p>
  )
}

function AllDone({ steps, signIn }: { steps: readonly SetupStep[]; signIn: SignInAnswer | null }) {
  return (
    <details className="group rounded-xl border bg-surface shadow-card">
      <summary className="flex items-center gap-2.5 rounded-xl px-5 py-3 text-[13px]">
        <Tick done next={false} />
        <span className="min-w-0 flex-1 font-medium">Connected: all {steps.length} steps are done</span>
        <ChevronDown aria-hidden className="size-4 text-ink-faint transition-transform group-open:rotate-180" />
      </summary>
      <div className="grid gap-5 border-t px-5 py-4">
        <StepList steps={steps} next={-1} />
        {signIn && <SignInLine {...signIn} />}
      </div>
    </details>
  )
}

function NextStep({ step: { title, help, action } }: { step: SetupStep }) {
  return (
    <section
      aria-label="Next step"
      className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-lg border bg-sunken px-4 py-3 text-[13px]"
    >
      <div className="grid min-w-0 flex-1 basis-72 gap-0.5">
        <h3 className="font-medium">Next: {title.charAt(0).toLowerCase() + title.slice(1)}</h3>
        <p className="max-w-[80ch] text-ink-soft">{help}</p>
      </div>
      {action && (
        <Button asChild size="sm">
          <Link href={action.href}>{action.label}</Link>
        </Button>
      )}
    </section>
  )
}

function StepList({ steps, next }: { steps: readonly SetupStep[]; next: number }) {
  return (
    <ol aria-label="Setup steps" className="grid gap-y-4 lg:grid-cols-6 lg:gap-x-4">
      {steps.map((step, index) => (
        <li key={step.title} aria-current={index === next ? 'step' : undefined} className="flex gap-3 lg:grid lg:content-start lg:gap-2.5">
          <span className="flex items-center gap-3">
            <Tick done={step.at !== null} next={index === next} />
            <span
              aria-hidden
              className={classNames(
                'hidden h-px flex-1 lg:block',
                step.at ? 'bg-good' : 'bg-line-strong',
                index === steps.length - 1 && 'lg:hidden',
              )}
            />
          </span>
          <div className="grid content-start gap-0.5 text-[13px]">
            <span className={classNames('font-medium', !step.at && index !== next && 'text-ink-soft')}>
              {step.title}
              <span className="sr-only">{step.at ? ' (done)' : ' (not yet)'}</span>
            </span>
            <span className="text-ink-faint text-xs">{step.at ? <RelativeTime at={step.at} /> : step.hint}</span>
          </div>
        </li>
      ))}
    </ol>
  )
}

function Tick({ done, next }: { done: boolean; next: boolean }) {
  if (done) {
    return (
      <span aria-hidden className="grid size-5 shrink-0 place-items-center rounded-full bg-good text-surface">
        <Check className="size-3" strokeWidth={3} />
      </span>
    )
  }
  return <span aria-hidden className={classNames('size-5 shrink-0 rounded-full border-2', next ? 'border-accent' : 'border-line-strong')} />
}
