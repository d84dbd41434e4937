import { Check, X } from 'lucide-react'
import type { ProjectDetails } from '#lib/management/projects/get.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Notice } from '../ui/notice.tsx'
import { directoriesShutOut, type Entrance, entrances } from './known-clients.ts'

const WORDS = { document: 'by its document', registration: 'registers itself' } as const

/** What the two policies below come to, for clients that people bring themselves. */
export function EntrancesCard({ settings }: { settings: ProjectDetails['settings'] }) {
  const clients = entrances(settings)
  const out = clients.filter(({ by }) => by === null).map(({ name }) => name)
  const missed = directoriesShutOut(settings)
  return (
    <Card>
      <CardHeader
        title="Who can connect"
        description="Clients that people bring themselves, under the policies saved below. A client you make by hand always connects."
      />
      <CardBody>
        {out.length === clients.length && (
          <Notice tone="warn" title="Every public client is shut out">
            No document is believed and nobody may register, so no one can connect Claude, ChatGPT or an editor by themselves. Believe
            documents again, or open registration.
          </Notice>
        )}
        {missed.length > 0 && out.length < clients.length && (
          <Notice tone="warn" title={`${missed.map(({ name }) => name).join(' and ')} cannot connect`}>
            {missed.length === 1 ? 'Its document is' : 'Their documents are'} not believed, and registration is not open. Whoever adds your
            server there gets no further than an error. Believe documents of {missed.map(({ documentHost }) => documentHost).join(' and ')},
            or open registration.
          </Notice>
        )}
        <ul className="grid gap-x-6 gap-y-2 text-[13px] sm:grid-cols-2">
          {clients.map((client) => (
            <EntranceLine key={client.name} client={client} />
          ))}
        </ul>
        {out.length > 0 && out.length < clients.length && (
          <p className="text-[13px] text-ink-soft">
            {out.join(', ')} {out.length === 1 ? 'needs' : 'need'} open registration
            {settings.registrationMode === 'open' ? ' with schemes of their own' : ''}, or a client made by hand.
          </p>
        )}
      </CardBody>
    </Card>
  )
}

function EntranceLine({ client: { name, by } }: { client: Entrance }) {
  return (
    <li className="flex items-center gap-2">
      {by ? <Check aria-hidden className="size-4 text-good" /> : <X aria-hidden className="size-4 text-ink-faint" />}
      <span className="font-medium">{name}</span>
      <span className="text-ink-soft">{by ? WORDS[by] : 'not by itself'}</span>
    </li>
  )
}
