'use client'

import type { OrganisationDetails } from '#lib/management/organisations/get.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardFooter, CardHeader } from '../ui/card.tsx'
import { Copyable } from '../ui/copyable.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NameField } from '../ui/name-field.tsx'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

const UNCHANGED: FormAction = async (state) => state

/** `action` is null for readers. */
export function OrganisationNameCard({ organisation, action }: { organisation: OrganisationDetails; action: FormAction | null }) {
  const form = useForm(action ?? UNCHANGED, () => toast.success('Name saved'))
  return (
    <form {...form.props} aria-label="General" className="min-w-0">
      <Card>
        <CardHeader title="General" />
        <CardBody>
          {form.message && <Notice tone="bad">{form.message}</Notice>}
          <NameField
            {...form.field('name', organisation.name)}
            readOnly={action === null}
            hint="Members see it in the sidebar and in invitations."
          />
          <div className="grid min-w-0 gap-1.5">
            <span className="font-medium text-[13px]">Organisation id</span>
            <Copyable label="organisation id" value={organisation.id} />
          </div>
        </CardBody>
        <CardFooter>
          <span>
            {organisation.memberCount === 1 ? '1 member' : `${organisation.memberCount} members`}, made{' '}
            <RelativeTime at={organisation.createdAt} />
          </span>
          {action && (
            <Button type="submit" size="sm" pending={form.pending}>
              Save name
            </Button>
          )}
        </CardFooter>
      </Card>
    </form>
  )
}
