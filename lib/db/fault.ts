/**
 * What went wrong between us and the database, and so what may be done about it:
 * `conflict`  the server rolled back in favour of somebody else: run it again
 * `stale`     this connection is of no use, nothing ran: run it again on another
 * `unreached` no connection was had, nothing ran: run it again soon
 * `lost`      the connection went away: the server rolled back, unless it was just committing
 * `silent`    no answer in time: as `lost`, but there is no time left to try again
 * `read_only` this server is no longer the primary
 * `down`      the server refused and would refuse again: out of disk, memory, time
 */
export type Fault = 'conflict' | 'stale' | 'unreached' | 'lost' | 'silent' | 'read_only' | 'down'

/** Codes of PostgreSQL, of Prisma and of sockets; one fault arrives under several of them, depending on who threw. */
const BY_CODE: readonly (readonly [RegExp, Fault])[] = [
  [/^(40001|40P01|P2034)$/, 'conflict'],
  [/^26000$/, 'stale'],
  [/^(25006)$/, 'read_only'],
  [/^(UNREACHED|57P03|53300|P1001|P2037|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/, 'unreached'],
  [/^(57P01|57P02|57P05|25P0[34]|08...|P1017|ECONNRESET|EPIPE)$/, 'lost'],
  [/^(ETIMEDOUT)$/, 'silent'],
  [/^(57014|57P04|55P03|53...|58...|28...|3D000|P1000|P1002|P1003|P1008|P1010|P1011|P2024|P2028)$/, 'down'],
]

/** `pg` and its pool throw these without a code. */
const BY_MESSAGE: readonly (readonly [RegExp, Fault])[] = [
  [/^cached plan must not change result type|not queryable$/, 'stale'],
  [/^Query read timeout/, 'silent'],
  [/^timeout exceeded when trying to connect|^Connection terminated due to connection timeout/, 'down'],
  [/^Cannot use a pool after calling end/, 'unreached'],
  [/^Connection terminated/, 'lost'],
]

/** What the driver adapter says of socket errors, whose code it drops. */
const BY_KIND: Readonly<Record<string, Fault>> = {
  DatabaseNotReachable: 'unreached',
  TooManyConnections: 'unreached',
  TransactionWriteConflict: 'conflict',
  ConnectionClosed: 'lost',
  SocketTimeout: 'silent',
  TlsConnectionError: 'down',
}

/** For a connection that was lost while it was made: whatever was to run on it did not. */
export class Unreached extends Error {
  readonly code = 'UNREACHED'

  constructor(cause: unknown) {
    super('The connection to the database was not made', { cause })
    this.name = 'Unreached'
  }
}

/** Null for everything that is the caller's own: domain errors, violated constraints, wrong SQL. */
export function faultOf(error: unknown): Fault | null {
  for (const layer of layersOf(error)) {
    const code = text(layer.originalCode) ?? text(layer.code) ?? text(layer.errorCode)
    const fault =
      (code && BY_CODE.find(([pattern]) => pattern.test(code))?.[1]) ??
      BY_KIND[text(layer.kind) ?? ''] ??
      BY_MESSAGE.find(([pattern]) => pattern.test(text(layer.message) ?? text(layer.originalMessage) ?? ''))?.[1]
    if (fault) return fault
  }
  return null
}

/** The violated unique constraint's name, '' when the server did not say, null when the error is another. */
export function violatedConstraintOf(error: unknown): string | null {
  const layers = layersOf(error)
  const code = (layer: Layer) => text(layer.originalCode) ?? text(layer.code)
  if (!layers.some((layer) => code(layer) === '23505' || code(layer) === 'P2002')) return null
  for (const { constraint } of layers) {
    const name = isLayer(constraint) ? text(constraint.index) : text(constraint)
    if (name) return name
  }
  return ''
}

type Layer = Record<string, unknown>

/** Outermost first. Prisma's codes for "the database said no" (P2010, P2039) name no fault, so PostgreSQL's own decides then. */
function layersOf(error: unknown): Layer[] {
  const found: Layer[] = []
  let next: unknown = error
  while (isLayer(next) && found.length < 6) {
    found.push(next)
    const { meta, cause } = next
    next = (isLayer(meta) && meta.driverAdapterError) || cause
  }
  return found
}

const isLayer = (value: unknown): value is Layer => typeof value === 'object' && value !== null
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
