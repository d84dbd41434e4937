'use client'

import { Bookmark, X } from 'lucide-react'
import Link from 'next/link'
import type { SavedView } from '#lib/management/saved-views/list.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NameField } from '../ui/name-field.tsx'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type SavedViewsProps = {
  path: string
  /** The filter as it is; empty: none. */
  query: string
  /** Each with what deletes it. */
  views: readonly (SavedView & { readonly remove: FormAction })[]
  save: FormAction
}

/** Filters with a name, which everybody sees who reads this log. */
export function SavedViews({ path, query, views, save }: SavedViewsProps) {
  if (views.length === 0 && query === '') return null
  return (
    <div className="flex flex-wrap items-center gap-2">
      {views.length > 0 && (
        <ul aria-label="Saved views" className="flex min-w-0 flex-wrap gap-2">
          {views.map((view) => (
            <ViewChip key={view.id} view={view} path={path} isCurrent={view.query === query} />
          ))}
        </ul>
      )}
      {query !== '' && !views.some((view) => view.query === query) && <SaveDialog query={query} save={save} />}
    </div>
  )
}

function ViewChip({ view, path, isCurrent }: { view: SavedViewsProps['views'][number]; path: string; isCurrent: boolean }) {
  return (
    <li
      className={classNames(
        'inline-flex h-8 min-w-0 max-w-full items-center rounded-full border text-[13px]',
        isCurrent ? 'border-accent/40 bg-accent-soft text-accent' : 'bg-surface text-ink-soft',
      )}
    >
      <Link
        href={`${path}?${view.query}`}
        aria-current={isCurrent ? 'true' : undefined}
        className="truncate rounded-l-full py-1 pr-1 pl-3 hover:text-ink"
      >
        {view.name}
      </Link>
      <ConfirmDialog
        trigger={
          <button
            type="button"
            aria-label={`Delete view ${view.name}`}
            className="grid size-7 shrink-0 place-items-center rounded-full hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        }
        title={`Delete the view “${view.name}”?`}
        confirm="Delete view"
        done="View deleted"
        action={view.remove}
      >
        <p>It goes for everybody in this project. The events it shows stay.</p>
      </ConfirmDialog>
    </li>
  )
}

function SaveDialog({ query, save }: { query: string; save: FormAction }) {
  return (
    <FormDialog
      trigger={
        <Button tone="ghost" size="sm">
          <Bookmark aria-hidden />
          Save this view
        </Button>
      }
      title="Save this view"
    >
      {(close) => <SaveForm query={query} save={save} close={close} />}
    </FormDialog>
  )
}

function SaveForm({ query, save, close }: { query: string; save: FormAction; close: () => void }) {
  // Said with the answer, not after the next render: the filter is a view now, which takes this very form off the page.
  const form = useForm<string | null>(async (state, filled) => {
    const answer = await save(state, filled)
    if (answer.kind === 'done') toast.success('View saved')
    return answer
  }, close)
  return (
    <form {...form.props} className="grid gap-4">
      {(form.message ?? form.error('query')) && <Notice tone="bad">{form.message ?? form.error('query')}</Notice>}
      <input type="hidden" name="query" value={query} />
      <NameField
        label="View name"
        {...form.field('name')}
        placeholder="Refusals of the last day"
        hint="Everybody in this project who reads the log sees it."
      />
      <FormFooter pending={form.pending}>Save view</FormFooter>
    </form>
  )
}
