import type { OAuthEvent } from '#lib/oauth/events.ts'
import type {
  AuthorizationCode,
  AuthorizationRequest,
  Client,
  NewRefreshFamily,
  OAuthStore,
  RefreshFamily,
  RevocationReason,
  SecretKind,
} from '#lib/oauth/store.ts'

export type MemoryStoreOptions = {
  /** The database's clock. */
  readonly now: () => Date
  readonly clients?: readonly Client[]
  readonly secrets?: readonly { readonly kind: SecretKind; readonly hash: string }[]
}

/** What happens to a project outside the protocol: in the dashboard and on the sign-in page. */
export type Outside = {
  addSecret(kind: SecretKind, hash: string): Promise<void>
  revokeClient(clientId: string): Promise<void>
  /** Ends every token the client got before now. */
  cutOffClient(clientId: string): Promise<void>
  /** Until then a user id is the customer's own. */
  addUser(userId: string): Promise<void>
  disableUser(userId: string): Promise<void>
  signOutEverywhere(userId: string): Promise<void>
}

export type MemoryStore = OAuthStore &
  Outside & {
    /** Every audit row, oldest first. */
    readonly events: OAuthEvent[]
    /** All that is kept, as text: equal before and after where nothing changed. */
    snapshot(): string
    dropSecret(hash: string): void
    changeClient(clientId: string, fields: Partial<Pick<Client, 'secretHashes' | 'grantTypes' | 'scope' | 'trusted'>>): void
  }

type KeptClient = Client & { readonly createdAt: number; used: boolean; revoked: boolean; tokensFrom: number }
type KeptRequest = AuthorizationRequest & { readonly authTimeFrom: Date | null; readonly expiresAt: number; answeredWith: string | null }
type KeptGrant = { readonly createdAt: number; revokedFor: RevocationReason | null }
type Kept<Row, Computed extends keyof Row> = Omit<Row, Computed>
type KeptCode = Kept<AuthorizationCode, 'redeemed' | 'expired' | 'revoked'> & {
  readonly createdAt: number
  readonly expiresAt: number
  redeemedAt: number | null
  redeemedBy: string | null
}
type KeptFamily = { -readonly [Field in keyof Kept<RefreshFamily, 'previousValid' | 'expired' | 'revoked'>]: RefreshFamily[Field] } & {
  readonly createdAt: number
  readonly absoluteExpiresAt: number
  idleExpiresAt: number
  previousValidUntil: number
  rotatedAt: number
  revoked: boolean
}
type User = { readonly createdAt: number; validFrom: number; disabled: boolean }

const MAX_UNUSED = 1_000
const MINUTES = 60_000

/** The promises of `OAuthStore` without a database, for tests of the protocol. One process, so every method is atomic. */
export function memoryStore({ now: clock, clients: given = [], secrets: givenSecrets = [] }: MemoryStoreOptions): MemoryStore {
  const now = (): number => clock().getTime()
  const read = <T extends object>(row: T) => ({ ...row, readAt: clock() })
  const events: OAuthEvent[] = []
  const clients = new Map(given.map((client): [string, KeptClient] => [client.clientId, keptClient(client, now(), true)]))
  const secrets = new Map(givenSecrets.map(({ kind, hash }): [string, SecretKind] => [hash, kind]))
  const requests = new Map<string, KeptRequest>()
  const grants = new Map<string, KeptGrant>()
  const codes = new Map<string, KeptCode>()
  const families = new Map<string, KeptFamily>()
  const users = new Map<string, User>()
  const revokedTokens = new Set<string>()
  const misused = new Set<string>()
  const usedAssertions = new Map<string, { readonly expiresAt: number; readonly usedBy: string }>()

  const clientLives = (clientId: string, madeAt: number): boolean => {
    const client = clients.get(clientId)
    return client !== undefined && !client.revoked && client.tokensFrom <= madeAt
  }
  const userLives = (userId: string, madeAt: number, authTime: Date): boolean => {
    const user = users.get(userId)
    return !user || (!user.disabled && user.validFrom <= madeAt && user.validFrom <= authTime.getTime() + 5_000)
  }
  const lives = (row: KeptCode | KeptFamily): boolean =>
    grants.get(row.grantId)?.revokedFor === null &&
    clientLives(row.clientId, row.createdAt) &&
    userLives(row.userId, row.createdAt, row.authTime)
  const used = (clientId: string): void => {
    const client = clients.get(clientId)
    if (client) client.used = true
  }

  function admit(): boolean {
    const unused = [...clients.values()].filter((client) => client.source === 'registered' && !client.trusted && !client.used)
    if (unused.length < MAX_UNUSED) return true
    const oldest = unused.filter(({ createdAt }) => createdAt < now() - 10 * MINUTES).toSorted((a, b) => a.createdAt - b.createdAt)[0]
    return oldest !== undefined && clients.delete(oldest.clientId)
  }

  function waiting(idHash: string): KeptRequest | 'already_answered' | 'expired' {
    const request = requests.get(idHash)
    if (request?.answeredWith) return 'already_answered'
    return request && request.expiresAt > now() ? request : 'expired'
  }

  function keepFamily(code: KeptCode, family: NewRefreshFamily): void {
    const { grantId, issuer, clientId, userId, scope, resources, authTime, nonce } = code
    const { id, salt, currentHash, idleSeconds, absoluteSeconds, dpopJkt } = family
    const createdAt = now()
    families.set(id, {
      ...{ id, grantId, issuer, clientId, userId, scope, resources, authTime, nonce, dpopJkt, generation: 1 },
      ...{ salt, currentHash, previousHash: null },
      ...{ createdAt, absoluteExpiresAt: createdAt + absoluteSeconds * 1000, previousValidUntil: 0, rotatedAt: 0, revoked: false },
      idleExpiresAt: createdAt + Math.min(idleSeconds, absoluteSeconds) * 1000,
    })
  }

  const store: MemoryStore = {
    events,
    snapshot: () =>
      JSON.stringify([
        events,
        ...[clients, secrets, requests, grants, codes, families, users].map((rows) => [...rows]),
        [...revokedTokens],
        [...misused],
        [...usedAssertions],
      ]),
    dropSecret: (hash) => void secrets.delete(hash),
    changeClient: (clientId, fields) => change(clients.get(clientId), fields),

    addSecret: async (kind, hash) => void secrets.set(hash, kind),
    revokeClient: async (clientId) => change(clients.get(clientId), { revoked: true }),
    cutOffClient: async (clientId) => change(clients.get(clientId), { tokensFrom: now() }),
    addUser: async (userId) => void users.set(userId, { createdAt: now(), validFrom: now(), disabled: false }),
    disableUser: async (userId) => change(users.get(userId), { disabled: true }),
    signOutEverywhere: async (userId) => change(users.get(userId), { validFrom: now() }),

    findClient: async (clientId) => {
      const client = clients.get(clientId)
      if (!client) return null
      const { createdAt, used, tokensFrom, ...found } = client
      return read(found)
    },

    createClient: async (client, registrationSecretHash, event) => {
      const trusted = registrationSecretHash !== null
      if (trusted && secrets.get(registrationSecretHash) !== 'registration') return { outcome: 'secret_unknown' }
      if (!trusted && !admit()) return { outcome: 'full' }
      const { secretHash, secretLastFour, registrationTokenHash, ...kept } = client
      const secretHashes = secretHash === null ? [] : [secretHash]
      clients.set(client.clientId, keptClient({ ...kept, trusted, secretHashes, documentReadAt: null, revoked: false }, now(), false))
      events.push(event)
      return { outcome: 'created', createdAt: clock(), trusted }
    },

    createAuthorizationRequest: async (request, maxAgeSeconds, event) => {
      const authTimeFrom = maxAgeSeconds === null ? null : new Date(now() - maxAgeSeconds * 1000)
      requests.set(request.idHash, { ...request, authTimeFrom, expiresAt: now() + 10 * MINUTES, answeredWith: null })
      events.push(event)
      return 'created'
    },

    findAuthorizationRequest: async (idHash) => {
      const request = requests.get(idHash)
      if (!request) return null
      const { expiresAt, answeredWith, ...found } = request
      return { ...found, answered: answeredWith !== null, expired: expiresAt <= now() }
    },

    approveRequest: async (idHash, { grantId, codeHash, userId, authTime, scope }, event) => {
      const request = waiting(idHash)
      if (request === 'already_answered' && requests.get(idHash)?.answeredWith === grantId) return 'approved'
      if (typeof request === 'string') return request
      const { issuer, clientId, redirectUri, redirectUriSent, codeChallenge, resources, nonce, dpopJkt } = request
      const client = clients.get(clientId)
      if (!client || client.revoked) return 'client_gone'
      if (client.metadataHash !== request.metadataHash) return 'client_changed'
      used(clientId)
      request.answeredWith = grantId
      const createdAt = now()
      grants.set(grantId, { createdAt, revokedFor: null })
      codes.set(codeHash, {
        ...{ grantId, issuer, clientId, userId, redirectUri, redirectUriSent, codeChallenge, scope, resources, authTime, nonce, dpopJkt },
        ...{ createdAt, expiresAt: createdAt + 60_000, redeemedAt: null, redeemedBy: null },
      })
      events.push(event)
      return 'approved'
    },

    denyRequest: async (idHash, event) => {
      const request = waiting(idHash)
      if (typeof request === 'string') return request
      request.answeredWith = 'denied'
      events.push(event)
      return 'denied'
    },

    findClientAndCode: async (clientId, codeHash) => ({ client: await store.findClient(clientId), found: await store.findCode(codeHash) }),
    findClientAndFamily: async (clientId, familyId) => ({
      client: await store.findClient(clientId),
      found: await store.findRefreshFamily(familyId),
    }),
    checkSecretAndToken: async (hash, token) => ({ ...(await store.checkSecret('server', hash)), lives: await store.tokenLives(token) }),

    findCode: async (codeHash) => {
      const code = codes.get(codeHash)
      if (!code) return null
      const { createdAt, expiresAt, redeemedAt, redeemedBy, ...found } = code
      return read({ ...found, redeemed: redeemedAt !== null, expired: expiresAt <= now(), revoked: !lives(code) })
    },

    redeemCode: async (codeHash, requestId, family, event) => {
      const code = codes.get(codeHash)
      if (!code) return 'expired'
      if (code.redeemedBy === requestId) return 'redeemed'
      if (code.redeemedAt !== null) return code.redeemedAt > now() - 2_000 ? 'raced' : 'replayed'
      if (code.expiresAt <= now()) return 'expired'
      if (!lives(code)) return 'revoked'
      change(code, { redeemedAt: now(), redeemedBy: requestId })
      if (family) keepFamily(code, family)
      used(code.clientId)
      events.push(event)
      return 'redeemed'
    },

    revokeGrant: async (grantId, reason, event) => {
      for (const family of families.values()) if (family.grantId === grantId) family.revoked = true
      const grant = grants.get(grantId)
      if (grant?.revokedFor !== null) return
      grant.revokedFor = reason
      events.push(event)
    },

    findRefreshFamily: async (familyId) => {
      const family = families.get(familyId)
      if (!family) return null
      const { createdAt, absoluteExpiresAt, idleExpiresAt, previousValidUntil, rotatedAt, ...found } = family
      const expired = Math.min(idleExpiresAt, absoluteExpiresAt) <= now()
      return read({ ...found, previousValid: previousValidUntil > now(), expired, revoked: family.revoked || !lives(family) })
    },

    rotateRefreshToken: async (familyId, presentedHash, next, event) => {
      const family = families.get(familyId)
      if (!family || family.revoked) return { outcome: 'lost' }
      if (family.currentHash === next.hash && family.previousHash === presentedHash)
        return { outcome: 'rotated', readAt: new Date(family.rotatedAt) }
      const expired = Math.min(family.idleExpiresAt, family.absoluteExpiresAt) <= now()
      if (family.currentHash !== presentedHash || expired || !lives(family)) return { outcome: 'lost' }
      change(family, {
        ...{ generation: family.generation + 1, salt: next.salt, currentHash: next.hash, previousHash: presentedHash, rotatedAt: now() },
        previousValidUntil: now() + 60_000,
        idleExpiresAt: Math.min(now() + next.idleSeconds * 1000, family.absoluteExpiresAt),
      })
      used(family.clientId)
      events.push(event)
      return { outcome: 'rotated', readAt: clock() }
    },

    record: async (event) => {
      if (event.action === 'token.issued' && event.clientId) used(event.clientId)
      events.push(event)
    },

    recordMisuse: async (credentialHash, event) => {
      const key = `${credentialHash} ${event.action}`
      if (misused.has(key)) return
      misused.add(key)
      events.push(event)
    },

    checkSecret: async (kind, secretHash) => {
      const found = secrets.get(secretHash)
      if (!found) return read({ state: 'unknown' as const })
      return read({ state: found === kind ? ('live' as const) : ('other_kind' as const) })
    },

    useAssertion: async (idHash, expiresAt, requestId) => {
      const before = usedAssertions.get(idHash)
      if (before && before.expiresAt > now()) return before.usedBy === requestId
      usedAssertions.set(idHash, { expiresAt: expiresAt.getTime(), usedBy: requestId })
      return true
    },

    revokeToken: async (jti, _expiresAt, event) => {
      if (revokedTokens.has(jti)) return
      revokedTokens.add(jti)
      events.push(event)
    },

    tokenLives: async ({ jti, grantId, clientId, userId, issuedAt, expiresAt }) => {
      const grant = grantId === null ? null : grants.get(grantId)
      if (expiresAt.getTime() <= now() || revokedTokens.has(jti) || !clientLives(clientId, issuedAt.getTime())) return false
      if (grant === undefined || (grant && grant.revokedFor !== null)) return false
      const user = userId === null ? undefined : users.get(userId)
      if (!user) return true
      if (user.disabled) return false
      return grant ? user.validFrom <= grant.createdAt : user.validFrom <= issuedAt.getTime() || user.validFrom <= user.createdAt
    },
  }
  return store
}

const keptClient = (client: Client, createdAt: number, used: boolean): KeptClient => ({ ...client, createdAt, used, tokensFrom: 0 })

function change<Row extends object>(row: Row | undefined, fields: Partial<Row>): void {
  if (!row) throw new Error('there is no such row')
  Object.assign(row, fields)
}
