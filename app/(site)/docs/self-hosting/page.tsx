import type { Metadata } from 'next'
import { VARIABLES } from '#lib/configuration.ts'
import { Guide } from '../../../../components/site/guide.tsx'
import { VariableList } from '../../../../components/site/variable-list.tsx'
import { GUIDE } from './guide.ts'

export const metadata: Metadata = {
  title: 'Self-hosting',
  description: 'Install, configure, back up and upgrade your own installation of Gatehouse.',
}

const CONTENTS = [...GUIDE.map(({ id, title }) => ({ id, title })), { id: 'variables', title: 'Every variable' }]

export default function SelfHostingPage() {
  return (
    <article className="grid min-w-0 max-w-4xl gap-10">
      <div className="grid min-w-0 gap-4">
        <h1 className="font-semibold text-[clamp(1.75rem,4.2vw,2.4rem)] leading-[1.1] tracking-[-0.033em]">Self-hosting</h1>
        <p className="max-w-[64ch] text-[16.5px] text-ink-soft leading-relaxed">
          One process and one PostgreSQL: from a first start to an installation that others rely on.
        </p>
      </div>

      <nav aria-label="On this page" className="rounded-xl border bg-surface p-5 shadow-card">
        <ul className="grid gap-x-8 gap-y-1.5 text-[13px] sm:grid-cols-2">
          {CONTENTS.map(({ id, title }) => (
            <li key={id} className="min-w-0">
              <a href={`#${id}`} className="rounded text-ink-soft hover:text-ink hover:underline">
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>

      {GUIDE.map((section) => (
        <Guide key={section.id} section={section} />
      ))}

      <section aria-labelledby="variables" className="grid min-w-0 gap-4">
        <h2 id="variables" className="scroll-mt-6 font-semibold text-[19px] tracking-[-0.02em]">
          Every variable
        </h2>
        <VariableList variables={VARIABLES} />
      </section>
    </article>
  )
}
