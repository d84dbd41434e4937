import type { Metadata } from 'next'
import Link from 'next/link'
import { MessagePage } from '../components/layout/message-page.tsx'
import { Button } from '../components/ui/button.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing here"
      action={
        <>
          <Button asChild>
            <Link href="/projects">Your projects</Link>
          </Button>
          <Button asChild tone="secondary">
            <Link href="/">Start page</Link>
          </Button>
        </>
      }
    >
      <p>The address may be mistyped, or what it named has been removed, or it belongs to an organisation you are not a member of.</p>
    </MessagePage>
  )
}
