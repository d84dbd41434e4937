'use client'

import { type FormEvent, useState, useTransition } from 'react'
import { callOf, filled, type Values } from '#lib/oauth/reference/call.ts'
import type { Entry } from '#lib/oauth/reference/entry.ts'
import { Button } from '../ui/button.tsx'
import { AnswerView } from './answer-view.tsx'
import { ConsoleFields } from './console-fields.tsx'
import { useConsole } from './console-values.tsx'
import { type Answer, send } from './send.ts'
import { learnt, SEGMENT, typedFields } from './typed-fields.ts'

/** A form for the parameters, and what the issuer answers. */
export function RequestConsole({ entry }: { entry: Entry }) {
  const { issuer, values, learn } = useConsole()
  const [start] = useState(() => filled(entry, values))
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const [answer, setAnswer] = useState<Answer | null | undefined>()
  const [pending, startSending] = useTransition()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const texts = textsOf(event.currentTarget)
    const { problems: found, ...typed } = typedFields(entry, texts)
    setProblems(found)
    if (Object.keys(found).length > 0) return
    learn(learnt(entry, texts))
    startSending(async () => {
      const came = await send(callOf(entry, issuer, typed, texts[SEGMENT]))
      setAnswer(came)
      if (came?.body && came.status < 300) learn(stringsIn(came.body))
    })
  }

  return (
    <form onSubmit={submit} autoComplete="off" className="grid min-w-0 gap-4">
      <ConsoleFields entry={entry} start={start} clientId={values[SEGMENT] ?? ''} problems={problems} />
      {entry.callers.includes('server-secret') && (
        <p className="text-[13px] text-ink-soft">
          The server secret belongs in your backend. Here it goes to your issuer only, and is forgotten with this page.
        </p>
      )}
      <Button type="submit" size="sm" pending={pending} className="w-fit">
        Send
      </Button>
      <div aria-live="polite" className="min-w-0 empty:hidden">
        {answer !== undefined && <AnswerView title={entry.title} answer={answer} />}
      </div>
    </form>
  )
}

export const textsOf = (form: HTMLFormElement): Values =>
  Object.fromEntries([...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === 'string'))

const stringsIn = (body: NonNullable<Answer['body']>): Values =>
  Object.fromEntries(Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[0] !== 'scope'))
