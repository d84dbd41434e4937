'use client'

import { Trash2 } from 'lucide-react'
import type { DeletionImpact } from '#lib/management/projects/delete.ts'
import type { Environment } from '#lib/management/projects/twin.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardFooter, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'

type DeleteProjectCardProps = {
  name: string
  slug: string
  issuer: string
  impact: DeletionImpact
  environment: Environment
  action: FormAction
}

/** What will break, in numbers, before anybody can make it happen. */
export function DeleteProjectCard({ name, slug, issuer, impact, environment, action }: DeleteProjectCardProps) {
  const consequences = [
    `${counted(impact.grants, 'connection')} of ${counted(impact.users, 'user')} with ${counted(impact.clients, 'client')} ${impact.grants === 1 ? 'ends' : 'end'}. Nobody gets a new token.`,
    'Access tokens that are out stay readable until they expire, but the keys that prove them are gone: your MCP server refuses them as soon as its copy of the keys is old.',
    `Requests to ${issuer} answer 404.`,
    `The slug ${slug} is never given out again, to nobody, or its next owner would speak for your issuer.`,
    'Its users, clients, settings and audit log are erased after thirty days.',
    ...(environment.test ? [`Its test project ${environment.test.name} stays, on its own.`] : []),
  ]
  return (
    <Card className="border-bad/40">
      <CardHeader title="What happens" />
      <CardBody>
        <ul className="grid list-disc gap-2 pl-4 text-[13px] text-ink-soft">
          {consequences.map((sentence) => (
            <li key={sentence} className="wrap-anywhere">
              {sentence}
            </li>
          ))}
        </ul>
      </CardBody>
      <CardFooter>
        <span>The audit log of your organisation keeps a note of it.</span>
        <ConfirmDialog
          trigger={
            <Button tone="danger">
              <Trash2 aria-hidden />
              Delete project
            </Button>
          }
          title={`Delete ${name}?`}
          confirm="Delete for good"
          typed={name}
          done={`${name} is deleted`}
          action={action}
        >
          <p>{consequences[0]}</p>
          <p>There is no undo.</p>
        </ConfirmDialog>
      </CardFooter>
    </Card>
  )
}

/** Counting stops at a hundred thousand. */
const counted = (count: number, noun: string): string =>
  `${count > 100_000 ? 'More than 100,000' : count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
