import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { CopyButton } from './copy-button.tsx'
import { type Language, paint } from './paint-code.tsx'

type CodeBlockProps = { title: string; code: string; language?: Language; note?: ReactNode; wrap?: boolean }

/** `title` says where the code goes, and names the copy button. */
export function CodeBlock({ title, code, language = 'text', note, wrap = false }: CodeBlockProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border bg-sunken">
      <figcaption className="flex min-h-9 items-center justify-between gap-3 border-b pr-1 pl-3.5">
        <span className="min-w-0 truncate text-ink-soft text-xs">{title}</span>
        <CopyButton text={code} label={`Copy ${title}`} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <section tabIndex={0} aria-label={title} className="overflow-x-auto focus-visible:outline-offset-[-2px]">
        <pre
          className={classNames(
            'px-3.5 py-3 font-mono text-[12.5px] leading-[1.65]',
            wrap ? 'wrap-anywhere whitespace-pre-wrap' : 'w-fit min-w-full',
          )}
        >
          <code>{paint(code, language)}</code>
        </pre>
      </section>
      {note && <p className="border-t px-3.5 py-2 text-ink-soft text-xs">{note}</p>}
    </figure>
  )
}
