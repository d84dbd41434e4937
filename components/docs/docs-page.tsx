import type { ReactNode } from 'react'

/** A page of the documentation: what it is about, in a sentence or two, and the content. */
export function DocsPage({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-w-0 max-w-4xl gap-10">
      <div className="grid min-w-0 gap-4">
        <h1 className="font-semibold text-[clamp(1.75rem,4.2vw,2.4rem)] leading-[1.1] tracking-[-0.033em]">{title}</h1>
        <p className="max-w-[64ch] text-[16.5px] text-ink-soft leading-relaxed">{lead}</p>
      </div>
      {children}
    </div>
  )
}
