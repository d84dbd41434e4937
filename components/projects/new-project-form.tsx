'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { CreatedProject } from '#lib/management/projects/create.ts'
import { slugOf } from '#lib/management/projects/inputs.ts'
import { StoredOnce } from '../keys/stored-once.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'

/** Two fields and a slug that writes itself; afterwards the two secrets, once. */
export function NewProjectForm({ action }: { action: FormAction<CreatedProject> }) {
  const form = useForm(action)
  const [name, setName] = useState(() => form.value('name'))
  const [slug, setSlug] = useState<string | null>(() => form.value('slug') || null)

  if (form.state.kind === 'done') return <CreatedSecrets project={form.state.value} />
  return (
    <form {...form.props}>
      <Card>
        <CardBody className="gap-5 pt-5">
          {form.message && <Notice tone="bad">{form.message}</Notice>}
          <TextField
            label="Name"
            name="name"
            required
            maxLength={80}
            autoComplete="off"
            placeholder="Acme notes"
            hint="People see it when they sign in and when they are asked to allow a client."
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={form.error('name')}
          />
          <TextField
            label="MCP server URL"
            name="resource"
            type="url"
            inputMode="url"
            required
            autoComplete="off"
            placeholder="https://mcp.example.com/mcp"
            hint="Exactly as clients will enter it, path included. Tokens carry it as their audience."
            defaultValue={form.value('resource')}
            error={form.error('resource')}
          />
          <TextField
            label="Slug"
            name="slug"
            required
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            placeholder="acme-notes"
            hint="The end of your issuer’s URL. It can never change, because every client remembers it."
            value={slug ?? slugOf(name) ?? ''}
            onChange={(event) => setSlug(event.target.value || null)}
            error={form.error('slug')}
          />
        </CardBody>
        <div className="flex justify-end border-t bg-sunken px-5 py-3">
          <Button type="submit" pending={form.pending}>
            Create project
          </Button>
        </div>
      </Card>
    </form>
  )
}

function CreatedSecrets({ project }: { project: CreatedProject }) {
  const router = useRouter()
  return (
    <Card>
      <CardHeader
        title="Your project is ready. Store its two secrets now"
        description={
          <>
            The issuer answers already at <code className="wrap-anywhere font-mono text-xs">{project.issuer}</code>
          </>
        }
      />
      <CardBody>
        <StoredOnce
          alongside={[
            ['GATEHOUSE_ISSUER', project.issuer],
            ['GATEHOUSE_RESOURCE', project.resource],
          ]}
          secrets={[
            {
              label: 'Registration secret',
              purpose: 'Lets its bearer register clients. Give it to whoever may; it can do nothing else.',
              variable: 'GATEHOUSE_REGISTRATION_SECRET',
              value: project.registrationSecret,
            },
            {
              label: 'Server secret',
              purpose: 'For your own backend: it checks tokens and mints them for users it has signed in itself. Keep it on your server.',
              variable: 'GATEHOUSE_SERVER_SECRET',
              value: project.serverSecret,
            },
          ]}
          onStored={() => router.replace(`/projects/${project.slug}`)}
        />
      </CardBody>
    </Card>
  )
}
