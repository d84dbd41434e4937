'use client'

import { useRouter } from 'next/navigation'
import { type ChangeEvent, useId, useState } from 'react'
import type { ProjectDetails } from '#lib/management/projects/get.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FieldError } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { ToChange } from '../ui/may-change.tsx'
import { toast } from '../ui/toast.tsx'

type LogoCardProps = { project: Pick<ProjectDetails, 'slug' | 'name' | 'logoHash'>; remove: FormAction }

/** The picture above the pages that end users see. */
export function LogoCard({ project, remove }: LogoCardProps) {
  const { slug, name, logoHash } = project
  return (
    <Card id="logo" className="scroll-mt-20">
      <CardHeader
        title="Logo"
        description="Above every page that people see, on white in the dark too. Mails carry none: nothing in them is fetched."
      />
      <CardBody>
        <div className="flex flex-wrap items-center gap-4">
          {logoHash && (
            <span className="rounded-lg border bg-white p-2">
              {/* biome-ignore lint/performance/noImgElement: it is shown as it is stored. */}
              <img src={`/projects/${slug}/settings/logo?${logoHash}`} alt={`Logo of ${name}`} className="h-12 max-w-60 object-contain" />
            </span>
          )}
          <ToChange>
            <LogoUpload slug={slug} replaces={logoHash !== null} />
          </ToChange>
          {logoHash && (
            <ConfirmDialog
              trigger={
                <Button tone="ghost" size="sm">
                  Remove
                </Button>
              }
              title="Remove the logo?"
              confirm="Remove"
              done="Logo removed"
              action={remove}
            >
              <p>Pages show the project’s name alone.</p>
            </ConfirmDialog>
          )}
        </div>
      </CardBody>
    </Card>
  )
}

function LogoUpload({ slug, replaces }: { slug: string; replaces: boolean }) {
  const router = useRouter()
  const id = useId()
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, setPending] = useState(false)

  async function upload({ currentTarget: input }: ChangeEvent<HTMLInputElement>) {
    const file = input.files?.[0]
    if (!file) return
    setPending(true)
    const refusal = await send(`/projects/${slug}/settings/logo`, file)
    setProblem(refusal)
    setPending(false)
    input.value = '' // so that the same file can be chosen again
    if (refusal !== null) return
    toast.success('Logo saved')
    router.refresh()
  }

  return (
    <div className="grid grid-cols-1 gap-1.5">
      <label htmlFor={id} className="w-fit font-medium text-[13px]">
        {replaces ? 'Replace it' : 'Choose a file'}
      </label>
      <input
        id={id}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        disabled={pending}
        onChange={upload}
        aria-describedby={`${id}-words`}
        aria-invalid={problem !== null || undefined}
        className="max-w-full text-[13px] text-ink-soft file:mr-3 file:h-8 file:cursor-pointer file:rounded-md file:border file:border-line-strong file:border-solid file:bg-surface file:px-3 file:font-medium file:text-ink"
      />
      {problem ? (
        <FieldError id={`${id}-words`}>{problem}</FieldError>
      ) : (
        <p id={`${id}-words`} className="text-[13px] text-ink-soft">
          PNG, JPEG or WebP, at most 256 KB and 1024 × 1024 pixels.
        </p>
      )}
    </div>
  )
}

/** What was wrong; null for nothing. */
async function send(url: string, file: File): Promise<string | null> {
  try {
    const response = await fetch(url, { method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream' } })
    if (response.ok) return null
    const { message } = (await response.json()) as { message?: unknown }
    return typeof message === 'string' ? message : 'That did not work. Try again.'
  } catch {
    return 'The file could not be sent. Try again.'
  }
}
