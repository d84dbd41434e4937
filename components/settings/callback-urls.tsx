import { Copyable } from '../ui/copyable.tsx'

/** Each letter counts: providers compare them as text. */
export function CallbackUrls({ urls }: { urls: readonly string[] }) {
  return (
    <div className="grid gap-1.5">
      <p className="font-medium text-[13px]">{urls.length === 1 ? 'Callback URL' : 'Callback URLs'}</p>
      {urls.map((url) => (
        <Copyable key={url} label="callback URL" value={url} className="bg-surface" />
      ))}
    </div>
  )
}
