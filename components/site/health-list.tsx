import { Badge, type Tone } from '../ui/badge.tsx'

type HealthListProps = {
  version: string
  /** As lib/issuer/health.ts tells it. */
  database: boolean
  migrations: boolean | null
  signingKeys: boolean | null
  mail: boolean
}

type Line = { readonly name: string; readonly tone: Tone; readonly state: string; readonly meaning: string }

/** One line for each part, with what its state means. */
export function HealthList(props: HealthListProps) {
  return (
    <dl className="divide-y overflow-hidden rounded-xl border bg-surface shadow-card">
      {linesOf(props).map(({ name, tone, state, meaning }) => (
        <div key={name} className="grid gap-x-6 gap-y-1 px-5 py-3.5 sm:grid-cols-[9rem_minmax(0,1fr)_auto] sm:items-center">
          <dt className="font-medium">{name}</dt>
          <dd className="order-last text-[13px] text-ink-soft sm:order-none">{meaning}</dd>
          <dd>
            <Badge tone={tone} dot={tone !== 'neutral'}>
              {state}
            </Badge>
          </dd>
        </div>
      ))}
    </dl>
  )
}

const UNKNOWN = { tone: 'neutral', state: 'Not known', meaning: 'The database would have to say.' } as const

function linesOf({ version, database, migrations, signingKeys, mail }: HealthListProps): Line[] {
  return [
    { name: 'Version', tone: 'neutral', state: version, meaning: 'Of Gatehouse, as this process runs it.' },
    {
      name: 'Database',
      ...(database
        ? { tone: 'good', state: 'Answers', meaning: 'It took a query just now.' }
        : { tone: 'bad', state: 'Does not answer', meaning: 'Nothing can be signed in to or issued. Clients are told to try again.' }),
    },
    { name: 'Migrations', ...migrationsOf(migrations) },
    { name: 'Signing keys', ...keysOf(signingKeys) },
    {
      name: 'Mail',
      ...(mail
        ? { tone: 'good', state: 'Configured', meaning: 'A mail server is set. Whether it takes mail, only a mail can tell.' }
        : { tone: 'neutral', state: 'Not configured', meaning: 'No mail leaves this installation.' }),
    },
  ]
}

function migrationsOf(upToDate: boolean | null): Omit<Line, 'name'> {
  if (upToDate === null) return UNKNOWN
  return upToDate
    ? { tone: 'good', state: 'Up to date', meaning: 'The database has every migration of this version.' }
    : { tone: 'bad', state: 'Behind', meaning: 'The database lacks a migration of this version.' }
}

function keysOf(open: boolean | null): Omit<Line, 'name'> {
  if (open === null) return UNKNOWN
  return open
    ? { tone: 'good', state: 'Open', meaning: 'The stored keys open with the key that seals them.' }
    : { tone: 'bad', state: 'Do not open', meaning: 'A stored key does not open: tokens cannot be signed with it.' }
}
