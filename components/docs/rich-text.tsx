import Link from 'next/link'
import { Fragment } from 'react'
import { Prose } from '../site/prose.tsx'

const LINK = /\[([^\]]+)\]\(([^)\s]+)\)/g

/** Text in which code stands between backticks and `[words](address)` is a link. */
export function RichText({ text }: { text: string }) {
  // Of three parts each: what stands before a link, its words, its address.
  const parts = text.split(LINK)
  return parts.map((part, index) => {
    if (index % 3 === 2) return null
    const words = index % 3 === 0 ? <Prose text={part} /> : <TextLink href={parts[index + 1] ?? ''} words={part} />
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
    return <Fragment key={index}>{words}</Fragment>
  })
}

const LOOK = 'break-words rounded text-accent underline underline-offset-4 hover:decoration-2'

function TextLink({ href, words }: { href: string; words: string }) {
  if (/^https?:/.test(href)) {
    return (
      <a href={href} rel="noreferrer" className={LOOK}>
        <Prose text={words} />
      </a>
    )
  }
  return (
    <Link href={href} className={LOOK}>
      <Prose text={words} />
    </Link>
  )
}
