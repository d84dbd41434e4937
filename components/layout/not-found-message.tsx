import Link from 'next/link'
import { Button } from '../ui/button.tsx'
import { MessagePage } from './message-page.tsx'

/** Unknown and forbidden are one: whether it exists is not a stranger's to know. */
export function NotFoundMessage() {
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
      <p>The address may be mistyped, or what it named has been removed, or your account does not include it.</p>
    </MessagePage>
  )
}
