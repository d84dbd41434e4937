/** One HTTP request, as both doors hand it in. */
export type HttpRequest = {
  readonly method: string
  /** Raw and undecoded, without query. */
  readonly path: string
  /** Raw, without the question mark. */
  readonly query: string
  readonly headers: { get(name: string): string | null }
  readonly socketAddress: string | undefined
  /** Throws `BodyRefused` above `cap` bytes, and when the client is too slow. */
  readBody(cap: number): Promise<Uint8Array>
}

/** One HTTP response, for both doors to write. */
export type HttpReply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer | string
}

export class BodyRefused extends Error {
  readonly status: 408 | 413

  constructor(status: 408 | 413) {
    super(`body refused: ${status}`)
    this.name = 'BodyRefused'
    this.status = status
  }
}
