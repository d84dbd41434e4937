import type { Metadata } from 'next'
import { Article } from '../../../../components/docs/article.tsx'
import { downstream } from '../../../../components/docs/downstream.ts'

export const metadata: Metadata = {
  title: downstream.title,
  description:
    'How an MCP server calls other services without passing the client’s token on: token exchange, upstream tokens, client credentials.',
}

export default function DownstreamPage() {
  return <Article {...downstream} />
}
