'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { CodeField } from '../ui/code-field.tsx'

type ToolMapProps = { project: string; scopes: readonly { readonly name: string }[] }
type Read = { readonly tools: Readonly<Record<string, readonly string[]>>; readonly problem: string | null }

/** Which tool of the server needs which scopes, as a file for the server's own code. Nothing of it is stored here. */
export function ToolMap({ project, scopes }: ToolMapProps) {
  const [text, setText] = useState(() => scopes.map(({ name }) => `tool_that_needs_${name.replace(/\W+/g, '_')} = ${name}`).join('\n'))
  const { tools, problem } = read(text, new Set(scopes.map(({ name }) => name)))
  const json = JSON.stringify({ tools }, null, 2)
  return (
    <Card>
      <CardHeader
        title="Tool map"
        description="Which of your server’s tools needs which scopes, as JSON: check a call’s token against it, and answer 403 insufficient_scope with the names it lacks."
        action={
          <Button tone="secondary" size="sm" asChild>
            <a href={`data:application/json;charset=utf-8,${encodeURIComponent(`${json}\n`)}`} download={`${project}-tools.json`}>
              <Download aria-hidden />
              Download JSON
            </a>
          </Button>
        }
      />
      <CardBody className="lg:grid-cols-2 lg:items-start">
        <CodeField
          label="Tools"
          rows={Math.max(6, scopes.length + 1)}
          hint="One per line: its name, an equals sign, and the scopes it needs. This page does not keep them."
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={problem ?? undefined}
        />
        <CodeBlock title={`${project}-tools.json`} code={json} language="json" />
      </CardBody>
    </Card>
  )
}

/** `tool = scope scope`, one per line. */
function read(text: string, known: ReadonlySet<string>): Read {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const pairs = lines.map((line): [string, string[]] => {
    const [tool = '', scopes = ''] = line.split('=')
    return [
      tool.trim(),
      scopes
        .trim()
        .split(/[\s,]+/)
        .filter(Boolean),
    ]
  })
  const unknown = pairs.flatMap(([, scopes]) => scopes).find((scope) => !known.has(scope))
  const empty = pairs.find(([tool, scopes]) => tool === '' || scopes.length === 0)
  const problem = unknown ? `${unknown} is not a scope of this project` : empty ? 'Each line needs a tool and at least one scope' : null
  return { tools: Object.fromEntries(pairs.filter(([tool]) => tool !== '')), problem }
}
