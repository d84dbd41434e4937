'use client'

import { FlaskConical } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { CreatedProject } from '#lib/management/projects/create.ts'
import type { Environment } from '#lib/management/projects/twin.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'
import { ProjectSecrets } from './project-secrets.tsx'

type TestProjectCardProps = {
  environment: Environment
  /** Of the live project this card belongs to. */
  slug: string
  /** Absent for those who may not make one. */
  create?: FormAction<CreatedProject> | undefined
}

/** A live project’s place to try things; once made, the way there and back. */
export function TestProjectCard({ environment, slug, create }: TestProjectCardProps) {
  // The page asks the server again by itself: an offer that was taken stays until its secrets are stored.
  const [offered] = useState(environment.test === null)
  if (environment.test && !(offered && create)) return <Made test={environment.test} slug={slug} />
  if (!create) return null
  return <Offer create={create} />
}

function Made({ test, slug }: { test: { slug: string; name: string }; slug: string }) {
  return (
    <Card>
      <CardHeader
        title="Test project"
        description="Try settings there first: nothing in it reaches anybody who is connected here. Then take them over."
      />
      <CardBody className="flex flex-wrap gap-2">
        <Button asChild tone="secondary">
          <Link href={`/projects/${test.slug}`}>
            <FlaskConical aria-hidden />
            Open {test.name}
          </Link>
        </Button>
        <Button asChild tone="secondary">
          <Link href={`/projects/${slug}/promotion`}>Compare and promote</Link>
        </Button>
      </CardBody>
    </Card>
  )
}

function Offer({ create }: { create: FormAction<CreatedProject> }) {
  const router = useRouter()
  const form = useForm(create)
  if (form.state.kind === 'done') {
    const project = form.state.value
    return (
      <Card>
        <CardHeader title="Your test project is ready. Store its two secrets now" />
        <CardBody>
          <ProjectSecrets
            project={project}
            purposes={{
              registration: 'Lets its bearer register clients in the test project.',
              server: 'For your own backend in its test environment.',
            }}
            onStored={() => router.push(`/projects/${project.slug}`)}
          />
        </CardBody>
      </Card>
    )
  }
  return (
    <Card>
      <CardHeader
        title="Test project"
        description="A copy of the settings, scopes and resources, with an issuer, keys, secrets, clients and users of its own. Identity providers are not copied: their secrets stay here."
      />
      <CardBody>
        {form.message && <Notice tone="bad">{form.message}</Notice>}
        <form {...form.props}>
          <Button type="submit" tone="secondary" pending={form.pending}>
            <FlaskConical aria-hidden />
            Create test project
          </Button>
        </form>
      </CardBody>
    </Card>
  )
}
