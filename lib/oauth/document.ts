import { createHash } from 'node:crypto'
import type { PublicDocument } from './context.ts'

/** A JSON document as the bytes that go out, with a strong ETag over them (RFC 9110 §8.8.3). */
export function publicDocument(value: object): PublicDocument {
  const body = Buffer.from(JSON.stringify(value))
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}
