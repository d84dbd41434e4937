import { identityOf, type ShownClient } from './client-origin.tsx'

/**
 * A client's logo, or the first letter of who it is; nothing for a client that nobody vouches for: a picture is the strongest claim on a
 * page, and there it would stand beside a warning. Its name stands beside it, so it says nothing of its own.
 */
export function ClientMark({ client }: { client: ShownClient }) {
  if (!client.verified) return null
  if (client.logo === null) {
    return (
      <span
        aria-hidden
        className="grid size-10 shrink-0 select-none place-items-center rounded-lg border bg-sunken font-semibold text-[17px] text-ink-soft"
      >
        {[...identityOf(client)][0]?.toUpperCase()}
      </span>
    )
  }
  return (
    // On white in the dark too: most logos are drawn for it, and a black one would be gone.
    // biome-ignore lint/performance/noImgElement: an image service would be one more place that knows who signs in.
    <img src={client.logo} alt="" width={40} height={40} className="size-10 shrink-0 rounded-lg border bg-white object-contain" />
  )
}
