/** What one connection sends, in order; the next request leaves when the answer to the last is read. */
export type Lane =
  | { readonly kind: 'same'; readonly request: string }
  | { readonly kind: 'list'; readonly requests: readonly string[] }
  /** Each answer's refresh token goes into the next request: `head` ends with `Content-Length: `, `body` has a `TOKEN`. */
  | { readonly kind: 'chain'; readonly head: string; readonly body: string; readonly token: string }

export type Plan = { readonly port: number; readonly status: number; readonly lanes: readonly Lane[] }

export type Load = {
  readonly requests: number
  readonly seconds: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Every 250th answer's body, for the content check. */
  readonly samples: readonly string[]
  /** The refresh token of every answer to a list that carried one. */
  readonly refreshTokens: readonly string[]
}

export type Command = { open: Plan } | { run: number } | { close: true }
export type Report = { done: true } | { load: Load } | { failed: string }

const HOST = (port: number): string => `Host: 127.0.0.1:${port}\r\n`

export const get = (port: number, path: string): string => `GET ${path} HTTP/1.1\r\n${HOST(port)}\r\n`

/** The head of a POST up to the figure of its length. */
export function postHead(port: number, path: string, type: string, authorization?: string): string {
  const credentials = authorization ? `Authorization: ${authorization}\r\n` : ''
  return `POST ${path} HTTP/1.1\r\n${HOST(port)}Content-Type: ${type}\r\n${credentials}Content-Length: `
}

/** ASCII only: a character is a byte. */
export const withBody = (head: string, body: string): string => `${head}${body.length}\r\n\r\n${body}`
