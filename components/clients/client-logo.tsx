import type { ClientDetails } from '#lib/management/clients/get.ts'
import { Copyable } from '../ui/copyable.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'

const WHY = {
  unreachable: 'its server could not be reached, or is none that we ask',
  status: 'its server answered without it',
  too_large: 'it has more than 64 KB',
  no_picture: 'it is no PNG, JPEG or WebP',
  too_many_pixels: 'it is more than 1,024 pixels wide or high',
} as const

type LogoProps = { client: ClientDetails; src: string }

/** Where a client says that its logo is, our copy of it, and how the last look at it went. `src`: of the copy, for members. */
export function ClientLogo({ client, src }: LogoProps) {
  return (
    <div className="flex min-w-0 items-start gap-3">
      {client.logo?.hash && (
        // biome-ignore lint/performance/noImgElement: our own copy, at one size.
        <img
          src={`${src}?${client.logo.hash}`}
          alt=""
          width={40}
          height={40}
          className="size-10 shrink-0 rounded-lg border bg-white object-contain"
        />
      )}
      <div className="grid min-w-0 gap-1">
        {client.logoUri !== null && <Copyable label="URL of its logo" value={client.logoUri} />}
        <span className="text-ink-soft">
          <LogoState client={client} />
        </span>
      </div>
    </div>
  )
}

function LogoState({ client: { source, logo } }: { client: ClientDetails }) {
  if (source === 'registered') return 'Not read: a client that registered itself is shown without a logo.'
  if (!logo) return 'Not read yet: it is when the client next sends somebody to sign in.'
  if (logo.failure === null) {
    return (
      <>
        Read <RelativeTime at={logo.readAt} />.
      </>
    )
  }
  return (
    <>
      {logo.readAt ? (
        <>
          Read <RelativeTime at={logo.readAt} />, but not again{' '}
        </>
      ) : (
        'Could not be read '
      )}
      <RelativeTime at={logo.triedAt} />: {WHY[logo.failure]}. It is tried again, at most once an hour, when the client sends somebody to
      sign in.
    </>
  )
}
