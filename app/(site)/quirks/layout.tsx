import type { ReactNode } from 'react'
import { DocsFrame } from '../../../components/docs/docs-frame.tsx'

export default function QuirksLayout({ children }: { children: ReactNode }) {
  return <DocsFrame>{children}</DocsFrame>
}
