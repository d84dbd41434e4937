import { z } from 'zod'

const MAX_BYTES = 4_096

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length

/** What a customer says of a user, as it is kept: a JSON object of at most 4 KB, of which the project's custom claims are made. */
export const userAttributes = z
  .record(z.string().min(1).max(64), z.json())
  .refine((attributes) => bytesOf(attributes) <= MAX_BYTES, 'At most 4 KB of JSON')
