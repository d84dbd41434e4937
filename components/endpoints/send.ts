import type { Call } from '#lib/oauth/reference/call.ts'

export type Answer = {
  readonly status: number
  /** From asking to the last byte, as this browser saw it. */
  readonly milliseconds: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** JSON laid out, or the text as it came. */
  readonly text: string
  /** Undefined: it was no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined
}

/** Of another origin a script sees few of them. */
const WORTH_SEEING = ['content-type', 'cache-control', 'etag', 'www-authenticate', 'dpop-nonce', 'retry-after', 'allow']

/** Without cookies, as any client would ask. Null: no answer came, or none that this page may read. */
export async function send({ method, url, headers, body }: Call): Promise<Answer | null> {
  const started = performance.now()
  try {
    const response = await fetch(url, { method, headers, body, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' })
    const text = await response.text()
    const json = objectIn(text)
    return {
      status: response.status,
      milliseconds: Math.round(performance.now() - started),
      headers: WORTH_SEEING.flatMap((name) => {
        const value = response.headers.get(name)
        return value === null ? [] : [[name, value] as const]
      }),
      text: json ? JSON.stringify(json, null, 2) : text,
      body: json,
    }
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

function objectIn(text: string): Answer['body'] {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text) as Answer['body']
  } catch {
    return undefined
  }
}
