import { BackLink } from '../layout/back-link.tsx'
import { Card, CardBody } from '../ui/card.tsx'
import { Facts } from '../ui/facts.tsx'

type KeptMail = { at: string; from: string; to: string; subject: string; text: string; html: string }

export function KeptMailView({ mail }: { mail: KeptMail }) {
  return (
    <>
      <BackLink href="/mailbox">Mailbox</BackLink>
      <h1 className="wrap-anywhere font-semibold text-xl tracking-[-0.02em]">{mail.subject}</h1>
      <Card>
        <CardBody className="gap-5">
          <Facts
            facts={[
              ['From', mail.from],
              ['To', mail.to],
              ['At', mail.at],
            ]}
          />
          <pre className="wrap-anywhere whitespace-pre-wrap font-mono text-[13px] leading-relaxed">{withLinks(mail.text)}</pre>
        </CardBody>
      </Card>
      <iframe title="As HTML" sandbox="" srcDoc={mail.html} className="h-[32rem] w-full rounded-xl border bg-white" />
    </>
  )
}

/** The text as it is, its addresses as links. */
const withLinks = (text: string) =>
  text.split(/(https?:\/\/\S+)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, which never change.
      <a key={index} href={part} className="underline underline-offset-4">
        {part}
      </a>
    ) : (
      part
    ),
  )
