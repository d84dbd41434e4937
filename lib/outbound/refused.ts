export type RefusalKind =
  | 'url'
  | 'address_literal'
  | 'private_name'
  | 'own_host'
  | 'name_unknown'
  | 'private_address'
  | 'too_many'
  | 'connection'
  | 'deadline'
  | 'too_large'
  | 'status'
  | 'media_type'

/** Nothing was fetched, or nothing that may be used. The kind is for counters and logs: told to a stranger it is a port scanner. */
export class OutboundRefused extends Error {
  readonly kind: RefusalKind

  constructor(kind: RefusalKind, cause?: unknown) {
    super(`outbound request refused: ${kind}`, { cause })
    this.name = 'OutboundRefused'
    this.kind = kind
  }
}

/** Null for what was refused; whatever else fails is ours, and is thrown on. */
export async function unlessRefused<Result>(fetching: Promise<Result>): Promise<Result | null> {
  try {
    return await fetching
  } catch (error) {
    if (error instanceof OutboundRefused) return null
    throw error
  }
}
