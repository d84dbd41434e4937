'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { CreatedProject } from '#lib/management/projects/create.ts'
import { slugOf } from '#lib/management/projects/inputs.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { TextField } from '../ui/field.tsx'
import { FormCard } from '../ui/form-card.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NameField } from '../ui/name-field.tsx'
import { useForm } from '../ui/use-form.ts'
import { ProjectSecrets } from './project-secrets.tsx'

/** Two fields and a slug that writes itself; afterwards the two secrets, once. */
export function NewProjectForm({ action }: { action: FormAction<CreatedProject> }) {
  const form = useForm(action)
  const [name, setName] = useState(() => form.value('name'))
  const [slug, setSlug] = useState<string | null>(() => form.value('slug') || null)

  if (form.state.kind === 'done') return <CreatedSecrets project={form.state.value} />
  return (
    <FormCard form={form} submit="Create project">
      <NameField
        name="name"
        placeholder="Acme notes"
        hint="People see it when they sign in and when they are asked to allow a client."
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={form.error('name')}
      />
      <TextField
        label="MCP server URL"
        {...form.field('resource')}
        type="url"
        inputMode="url"
        required
        autoComplete="off"
        placeholder="https://mcp.example.com/mcp"
        hint="Exactly as clients will enter it, path included. Tokens carry it as their audience."
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
    </FormCard>
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
        <ProjectSecrets
          project={project}
          purposes={{
            registration: 'Lets its bearer register clients. Give it to whoever may; it can do nothing else.',
            server: 'For your own backend: it checks tokens and mints them for users it has signed in itself. Keep it on your server.',
          }}
          onStored={() => router.replace(`/projects/${project.slug}`)}
        />
      </CardBody>
    </Card>
  )
}
