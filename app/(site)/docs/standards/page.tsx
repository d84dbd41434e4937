import type { Metadata } from 'next'
import { standards } from '#lib/oauth/standards.ts'
import { DocsPage } from '../../../../components/docs/docs-page.tsx'
import { JumpList } from '../../../../components/docs/jump-list.tsx'
import { StandardEntry } from '../../../../components/docs/standard-entry.tsx'

export const metadata: Metadata = {
  title: 'Standards',
  description: 'Which parts of which standard Gatehouse does, which it leaves out, what is on by default, and the tests that hold it.',
}

const LEAD =
  'What is done of each standard, section by section, what is left out and why, and whether a new project has it on. Below each part stands the file of the test that holds it: this list is checked against those files.'

export default function StandardsPage() {
  return (
    <DocsPage title="Standards" lead={LEAD}>
      <JumpList
        label="Standards"
        groups={standards.map(({ id, title, standards }) => ({
          id,
          label: title,
          to: standards.map(({ id, name }) => ({ id, text: name })),
        }))}
      />
      {standards.map((group) => (
        <section key={group.id} aria-labelledby={group.id} className="grid min-w-0 gap-3">
          <h2 id={group.id} className="scroll-mt-20 font-semibold text-[19px] tracking-[-0.02em]">
            {group.title}
          </h2>
          <div className="min-w-0 border-b">
            {group.standards.map((standard) => (
              <StandardEntry key={standard.id} standard={standard} />
            ))}
          </div>
        </section>
      ))}
    </DocsPage>
  )
}
