import Link from 'next/link'
import { Notice } from '../ui/notice.tsx'

/** Somebody logged in on the way to an invitation. */
export function InvitationWaiting({ organisation }: { organisation: string }) {
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-6 sm:px-8">
      <Notice title={`You are invited to ${organisation}`}>
        <Link
          href="/invitation"
          className="font-medium text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
        >
          See the invitation
        </Link>
      </Notice>
    </div>
  )
}
