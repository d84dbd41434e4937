'use client'

import type { Filled } from '#lib/oauth/reference/call.ts'
import type { Caller, Entry, Field } from '#lib/oauth/reference/entry.ts'
import { Prose } from '../site/prose.tsx'
import { TextField } from '../ui/field.tsx'
import { BEARER, SEGMENT, startText } from './typed-fields.ts'

const BEARERS: Readonly<Partial<Record<Caller, string>>> = {
  'registration-secret': 'Registration secret',
  'registration-token': 'Registration access token',
  'server-secret': 'Server secret',
  'access-token': 'Access token',
}

/** No browser shall offer, correct or keep what is typed here. */
const KEPT_NOWHERE = { autoComplete: 'off', autoCapitalize: 'off', autoCorrect: 'off', spellCheck: false, 'data-1p-ignore': true } as const

type ConsoleFieldsProps = { entry: Entry; start: Filled; clientId: string; problems: Readonly<Record<string, string>> }

/** First what the example sends; the rest is a click away. */
export function ConsoleFields({ entry, start, clientId, problems }: ConsoleFieldsProps) {
  const isFirst = ({ name, required }: Field) => required || name in entry.example.fields
  const first = entry.fields.filter(isFirst)
  const more = entry.fields.filter((field) => !isFirst(field))
  const named = entry.path.includes('{client_id}') && !entry.fields.some(({ name }) => name === SEGMENT)
  const [bearer] = entry.callers.flatMap((caller) => BEARERS[caller] ?? [])
  const fieldOf = (field: Field) => (
    <ConsoleField key={field.name} field={field} start={startText(field, start)} problem={problems[field.name]} />
  )
  return (
    <>
      <div className="grid min-w-0 gap-4 sm:grid-cols-2">
        {bearer && (
          <TextField
            label={bearer}
            name={BEARER}
            type="password"
            optional={entry.callers.length > 1 || entry.callers[0] === 'registration-secret'}
            defaultValue={/\{\w+\}/.test(start.bearer ?? '') ? '' : (start.bearer ?? '')}
            {...KEPT_NOWHERE}
          />
        )}
        {named && <TextField label={SEGMENT} name={SEGMENT} defaultValue={clientId} {...KEPT_NOWHERE} />}
        {first.map(fieldOf)}
      </div>
      {more.length > 0 && (
        <details>
          <summary className="w-fit rounded text-[13px] text-ink-soft hover:text-ink">
            {more.length === 1 ? 'One more parameter' : `${more.length} more parameters`}
          </summary>
          <div className="mt-4 grid min-w-0 gap-4 sm:grid-cols-2">{more.map(fieldOf)}</div>
        </details>
      )}
    </>
  )
}

function ConsoleField({ field, start, problem }: { field: Field; start: string; problem: string | undefined }) {
  const { name, required, secret, words } = field
  return (
    <TextField
      label={name}
      name={name}
      type={secret ? 'password' : 'text'}
      optional={!required}
      hint={<Prose text={words} />}
      error={problem}
      defaultValue={start}
      {...KEPT_NOWHERE}
    />
  )
}
