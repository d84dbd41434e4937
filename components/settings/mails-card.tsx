import Link from 'next/link'
import type { MailKind } from '#lib/management/mails/inputs.ts'
import type { ExampleMail } from '#lib/management/mails/list.ts'
import { UI_LOCALES, type UiLocale } from '#lib/oauth/ui-locales.ts'
import { nameOfLanguage } from '#lib/words/words.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { classNames } from '../ui/class-names.ts'
import type { FormAction } from '../ui/form-state.ts'
import { ToChange } from '../ui/may-change.tsx'
import { Notice } from '../ui/notice.tsx'
import { TestMail } from './test-mail.tsx'

const KINDS: Readonly<Record<MailKind, { label: string; when: string }>> = {
  'sign-in-code': { label: 'Sign-in code', when: 'Somebody signs in with a code by e-mail.' },
  'sign-up-code': { label: 'Sign-up code', when: 'Somebody makes an account with an address that nobody has yet.' },
  'verify-email': { label: 'Confirm address', when: 'Somebody with a password has to prove their address.' },
  'reset-password': { label: 'Reset password', when: 'Somebody forgot their password.' },
  'change-email': { label: 'Change address', when: 'To the new address, before it counts.' },
  'email-changed': { label: 'Address changed', when: 'To the old address, once another one counts.' },
  'account-exists': {
    label: 'Account exists',
    when: 'Somebody tries to make an account that is there already. The page does not tell them; this mail does.',
  },
}

type MailsCardProps = {
  mails: readonly ExampleMail[]
  /** The one that is shown. */
  mail: ExampleMail
  locale: UiLocale
  hrefOf: (kind: MailKind, locale: UiLocale) => string
  /** Where a test would go; null where mail can not be sent. */
  recipient: string | null
  send: FormAction
}

/** What leaves in this project's name, as its people read it. */
export function MailsCard({ mails, mail, locale, hrefOf, recipient, send }: MailsCardProps) {
  return (
    <Card id="mails">
      <CardHeader
        title="Mails to your users"
        description="Written in the language of whoever reads them, with this project’s name, colour and help link. They have no pictures and fetch nothing."
      />
      <CardBody className="gap-5">
        <Choice
          label="Mail"
          choices={mails.map(({ kind }) => ({ id: kind, label: KINDS[kind].label, href: hrefOf(kind, locale) }))}
          chosen={mail.kind}
        />
        <Choice
          label="Language"
          choices={UI_LOCALES.map((each) => ({ id: each, label: nameOfLanguage(each), href: hrefOf(mail.kind, each) }))}
          chosen={locale}
        />
        <div className="grid min-w-0 gap-3">
          <div className="grid gap-0.5">
            <p className="wrap-anywhere font-medium">{mail.subject}</p>
            <p className="text-[13px] text-ink-soft">Sent when: {KINDS[mail.kind].when}</p>
          </div>
          <iframe
            title={`${KINDS[mail.kind].label}, as HTML`}
            sandbox=""
            srcDoc={mail.html}
            className="h-[30rem] w-full rounded-lg border bg-white"
          />
          <details className="min-w-0 text-[13px]">
            <summary className="w-fit cursor-pointer font-medium">As plain text</summary>
            <pre className="wrap-anywhere mt-2 whitespace-pre-wrap rounded-lg border bg-sunken px-3.5 py-3 font-mono text-[12.5px] leading-relaxed">
              {mail.text}
            </pre>
          </details>
        </div>
        {recipient === null ? (
          <Notice tone="warn" title="No mail leaves this installation">
            Whoever runs it has to set SMTP_URL and MAIL_FROM.
          </Notice>
        ) : (
          <ToChange>
            <TestMail recipient={recipient} action={send} />
          </ToChange>
        )}
      </CardBody>
    </Card>
  )
}

type ChoiceProps = { label: string; choices: readonly { id: string; label: string; href: string }[]; chosen: string }

function Choice({ label, choices, chosen }: ChoiceProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-1.5">
      {choices.map(({ id, label, href }) => (
        <Link
          key={id}
          href={href}
          scroll={false}
          aria-current={id === chosen ? 'true' : undefined}
          className={classNames(
            'inline-flex h-8 items-center rounded-full border px-3 font-medium text-[13px] transition-colors',
            id === chosen ? 'border-ink bg-hover text-ink' : 'border-line text-ink-soft hover:text-ink',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
