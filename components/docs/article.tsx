import { CodeBlock } from '../ui/code-block.tsx'
import type { ArticleText, Block, Call, Section } from './block.ts'
import { Comparison } from './comparison.tsx'
import { curlOf } from './curl.ts'
import { DocsPage } from './docs-page.tsx'
import { JumpList } from './jump-list.tsx'
import { RichText } from './rich-text.tsx'

/** One page of text: what it is about, what is on it, and the rest. */
export function Article({ title, lead, sections }: ArticleText) {
  return (
    <DocsPage title={title} lead={<RichText text={lead} />}>
      <JumpList label="On this page" groups={[{ to: sections.map((section) => ({ id: section.id, text: plain(section.title) })) }]} />
      {sections.map((section) => (
        <ArticleSection key={section.id} {...section} />
      ))}
    </DocsPage>
  )
}

function ArticleSection({ id, title, blocks }: Section) {
  return (
    <section aria-labelledby={id} className="grid min-w-0 gap-4">
      <h2 id={id} className="scroll-mt-20 font-semibold text-[19px] tracking-[-0.02em]">
        <a href={`#${id}`} className="rounded hover:underline">
          <RichText text={title} />
        </a>
      </h2>
      <Blocks blocks={blocks} />
    </section>
  )
}

export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of one section never change places
  return blocks.map((block, index) => <OneBlock key={index} block={block} />)
}

const TEXT = 'max-w-[72ch] text-ink-soft leading-relaxed'

function OneBlock({ block }: { block: Block }) {
  if (typeof block === 'string') {
    return (
      <p className={TEXT}>
        <RichText text={block} />
      </p>
    )
  }
  if ('code' in block) return <CodeBlock title={block.title} code={block.code} language={block.language} />
  if ('call' in block) return <CallBlock call={block.call} />
  if ('compare' in block) return <Comparison {...block.compare} />
  if ('steps' in block) return <Items items={block.steps} ordered />
  return <Items items={block.list} />
}

function Items({ items, ordered = false }: { items: readonly string[]; ordered?: boolean }) {
  const List = ordered ? 'ol' : 'ul'
  return (
    <List className={`grid gap-1.5 pl-5 ${ordered ? 'list-decimal' : 'list-disc'} ${TEXT}`}>
      {items.map((item) => (
        <li key={item} className="min-w-0 break-words pl-1">
          <RichText text={item} />
        </li>
      ))}
    </List>
  )
}

/** Request and answer, as somebody sees them in a terminal. */
function CallBlock({ call }: { call: Call }) {
  return (
    <div data-call={call.title} className="grid min-w-0 gap-2">
      <CodeBlock title={call.title} code={curlOf(call)} language="shell" wrap />
      {call.answer && <CodeBlock title={`Answer: ${call.title}`} code={JSON.stringify(call.answer, null, 2)} language="json" wrap />}
    </div>
  )
}

/** Where there is no room for the look of code. */
export const plain = (text: string): string => text.replaceAll('`', '')
