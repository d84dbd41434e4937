import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { listMailsInput, type MailKind } from '#lib/management/mails/inputs.ts'
import { listMails } from '#lib/management/mails/list.ts'
import { getProject } from '#lib/management/projects/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { MailsCard } from '../../../../../../components/settings/mails-card.tsx'
import { hrefWith, one } from '../../../../../search-params.ts'
import { sendTestMailAction } from './actions.ts'

export const metadata: Metadata = { title: 'Mails' }

export default async function MailsPage({ params, searchParams }: PageProps<'/projects/[project]/settings/mails'>) {
  const ctx = await requireMember((await params).project)
  const asked = await searchParams
  const chosen = listMailsInput.safeParse({ locale: one(asked, 'language') })
  if (!chosen.success) notFound()
  const { locale } = chosen.data
  const [{ mails }, project] = await Promise.all([listMails(ctx, { locale }), getProject(ctx)])
  const kind = one(asked, 'mail') ?? mails[0]?.kind
  const mail = mails.find((each) => each.kind === kind)
  if (!mail) notFound()

  const { slug } = ctx.project
  const hrefOf = (mail: MailKind, language: string) => hrefWith(`/projects/${slug}/settings/mails`, { mail, language })
  return (
    <MailsCard
      mails={mails}
      mail={mail}
      locale={locale}
      hrefOf={hrefOf}
      recipient={ctx.actor.kind === 'member' && project.mail !== 'none' ? ctx.actor.email : null}
      send={sendTestMailAction.bind(null, slug, mail.kind, locale)}
    />
  )
}
