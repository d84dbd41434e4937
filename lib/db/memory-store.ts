import { parseEmailAddress } from '#lib/email-address.ts'
import type { OAuthEvent } from '#lib/oauth/events.ts'
import type {
  Approval,
  AuthorizationCode,
  AuthorizationRequest,
  Client,
  DeviceAuthorization,
  NewRefreshFamily,
  OAuthStore,
  PushedRequest,
  RefreshFamily,
  RevocationReason,
  SecretKind,
} from '#lib/oauth/store.ts'
import { HEAVY_BUDGET_BYTES, LIGHT_BYTES, MAX_LIGHT, RECORDED_PER_HOUR, weightOf } from './store/unvouched.ts'

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
  /** Until then a user id is the customer's own. `email`: `<userId>@example.com` unless given. */
  addUser(userId: string, email?: string): Promise<void>
  verifyEmail(userId: string): Promise<void>
  /** JSON. */
  setAttributes(userId: string, attributes: string): Promise<void>
  disableUser(userId: string): Promise<void>
  signOutEverywhere(userId: string): Promise<void>
  /** An issuer of workload tokens, named in the tokens of ours that its workloads get. */
  trustWorkloads(issuer: string): Promise<void>
  distrustWorkloads(issuer: string): Promise<void>
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

type KeptClient = Client & {
  readonly createdAt: number
  used: boolean
  revoked: boolean
  tokensFrom: number
  registrationTokenHash: string | null
}
type KeptRequest = AuthorizationRequest & { readonly authTimeFrom: Date | null; readonly expiresAt: number; answeredWith: string | null }
type KeptGrant = Pick<AuthorizationCode, 'clientId' | 'userId' | 'redirectUri' | 'resources' | 'scope'> & {
  readonly createdAt: number
  revokedFor: RevocationReason | null
}
type KeptConsent = { readonly userId: string; readonly clientId: string; readonly scope: string; readonly metadataHash: string }
type Kept<Row, Computed extends keyof Row> = Omit<Row, Computed>
type KeptCode = Kept<AuthorizationCode, 'redeemed' | 'expired' | 'revoked' | 'userAttributes'> & {
  readonly createdAt: number
  readonly expiresAt: number
  redeemedAt: number | null
  redeemedBy: string | null
}
type KeptFamily = {
  -readonly [Field in keyof Kept<RefreshFamily, 'previousValid' | 'expired' | 'revoked' | 'userAttributes'>]: RefreshFamily[Field]
} & {
  readonly createdAt: number
  readonly absoluteExpiresAt: number
  idleExpiresAt: number
  previousValidUntil: number
  rotatedAt: number
  revoked: boolean
}
type User = {
  readonly createdAt: number
  readonly email: string
  emailVerified: boolean
  attributes: string
  validFrom: number
  disabled: boolean
}
type KeptDevice = DeviceAuthorization & {
  readonly expiresAt: number
  intervalSeconds: number
  lastPolledAt: number | null
  answer: 'approved' | 'denied' | null
}

const MINUTES = 60_000

/** The promises of `OAuthStore` without a database, for tests of the protocol. One process, so every method is atomic. */
export function memoryStore({ now: clock, clients: given = [], secrets: givenSecrets = [] }: MemoryStoreOptions): MemoryStore {
  const now = (): number => clock().getTime()
  const read = <T extends object>(row: T) => ({ ...row, readAt: clock() })
  const events: OAuthEvent[] = []
  const clients = new Map(given.map((client): [string, KeptClient] => [client.clientId, keptClient(client, now(), true)]))
  const secrets = new Map(givenSecrets.map(({ kind, hash }): [string, SecretKind] => [hash, kind]))
  const requests = new Map<string, KeptRequest>()
  const pushed = new Map<string, PushedRequest & { readonly expiresAt: number }>()
  const grants = new Map<string, KeptGrant>()
  /** By user, client and place. */
  const consents = new Map<string, KeptConsent>()
  const codes = new Map<string, KeptCode>()
  const families = new Map<string, KeptFamily>()
  const users = new Map<string, User>()
  const devices = new Map<string, KeptDevice>()
  /** By issuer and subject. */
  const identities = new Map<string, string>()
  /** Issuers of workload tokens, and since when. */
  const trusted = new Map<string, number>()
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
  const grantIsValid = ({ clientId, userId, createdAt, revokedFor }: KeptGrant): boolean => {
    const user = users.get(userId)
    return revokedFor === null && clientLives(clientId, createdAt) && (!user || (!user.disabled && user.validFrom <= createdAt))
  }
  const used = (clientId: string): void => {
    const client = clients.get(clientId)
    if (client) client.used = true
  }

  const unvouched = (): KeptClient[] =>
    [...clients.values()]
      .filter(({ source, trusted: vouched, used: wasUsed }) => source === 'registered' && !vouched && !wasUsed)
      .toSorted((one, other) => other.createdAt - one.createdAt)

  /** Makes room for a registration that nobody vouched for: whether there is any. */
  function admit(weight: number): boolean {
    const heavy = weight > LIGHT_BYTES
    let bytes = weight
    const excess = unvouched()
      .filter((client) => weightOf(client) > LIGHT_BYTES === heavy)
      .filter((client, position) => {
        bytes += weightOf(client)
        return heavy ? bytes > HEAVY_BUDGET_BYTES : position + 1 >= MAX_LIGHT
      })
    const going = excess.filter(({ createdAt }) => heavy || createdAt < now() - 10 * MINUTES)
    for (const { clientId } of going) clients.delete(clientId)
    return excess.length === 0 || going.length > 0
  }

  const isKnown = (client: KeptClient): boolean => client.trusted || client.used

  const livingRegistration = (clientId: string): KeptClient | null => {
    const client = clients.get(clientId)
    return client && client.source === 'registered' && !client.revoked ? client : null
  }

  function waiting(idHash: string): KeptRequest | 'already_answered' | 'expired' {
    const request = requests.get(idHash)
    if (request?.answeredWith) return 'already_answered'
    return request && request.expiresAt > now() ? request : 'expired'
  }

  /** Of a request that a device made: null when somebody has answered it, or it is too late to. */
  function waitingDevice({ deviceCodeHash }: KeptRequest): KeptDevice | 'none' | null {
    if (deviceCodeHash === null) return 'none'
    const device = devices.get(deviceCodeHash)
    return device && device.answer === null && device.expiresAt > now() ? device : null
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
        ...[clients, secrets, requests, pushed, grants, consents, codes, families, users, devices, identities].map((rows) => [...rows]),
        [...revokedTokens],
        [...misused],
        [...usedAssertions],
      ]),
    dropSecret: (hash) => void secrets.delete(hash),
    changeClient: (clientId, fields) => change(clients.get(clientId), fields),

    addSecret: async (kind, hash) => void secrets.set(hash, kind),
    revokeClient: async (clientId) => {
      change(clients.get(clientId), { revoked: true })
      for (const code of codes.values()) {
        const grant = code.clientId === clientId ? grants.get(code.grantId) : undefined
        if (grant) grant.revokedFor ??= 'client_revoked'
      }
    },
    cutOffClient: async (clientId) => change(clients.get(clientId), { tokensFrom: now() }),
    addUser: async (userId, email = `${userId}@example.com`) =>
      void users.set(userId, { createdAt: now(), email, emailVerified: false, attributes: '{}', validFrom: now(), disabled: false }),
    verifyEmail: async (userId) => change(users.get(userId), { emailVerified: true }),
    setAttributes: async (userId, attributes) => change(users.get(userId), { attributes }),
    disableUser: async (userId) => change(users.get(userId), { disabled: true }),
    signOutEverywhere: async (userId) => change(users.get(userId), { validFrom: now() }),
    trustWorkloads: async (issuer) => void trusted.set(issuer, now()),
    distrustWorkloads: async (issuer) => void trusted.delete(issuer),

    findClient: async (clientId) => {
      const client = clients.get(clientId)
      if (!client) return null
      const { createdAt, used, tokensFrom, registrationTokenHash, ...found } = client
      return read(found)
    },

    createClient: async (client, registrationSecretHash, event) => {
      const trusted = registrationSecretHash !== null
      if (trusted && secrets.get(registrationSecretHash) !== 'registration') return { outcome: 'secret_unknown' }
      const recent = unvouched().filter(({ createdAt }) => createdAt > now() - 60 * MINUTES).length
      if (!trusted && !admit(weightOf(client))) return { outcome: 'full' }
      const { secretHash, secretLastFour, registrationTokenHash, ...said } = client
      const secretHashes = secretHash === null ? [] : [secretHash]
      const kept = keptClient({ ...said, trusted, secretHashes, documentReadAt: null, revoked: false }, now(), false)
      clients.set(client.clientId, { ...kept, registrationTokenHash })
      if (trusted || recent < RECORDED_PER_HOUR) events.push(event)
      return { outcome: 'created', createdAt: clock(), trusted }
    },

    findRegistration: async (clientId, tokenHash) => {
      const client = livingRegistration(clientId)
      const found = client?.registrationTokenHash === tokenHash ? await store.findClient(clientId) : null
      return found && client && { ...found, createdAt: new Date(client.createdAt) }
    },

    replaceRegistration: async ({ clientId, metadataHash, secretHash }, { secret, ...after }, event) => {
      const client = livingRegistration(clientId)
      const current = client?.secretHashes[0] ?? null
      const next = secret === 'kept' ? secretHash : (secret?.secretHash ?? null)
      if (client?.metadataHash !== metadataHash || current !== secretHash) {
        return client?.metadataHash === after.metadataHash && current === next ? 'replaced' : 'changed'
      }
      if (!isKnown(client) && weightOf(after) > Math.max(LIGHT_BYTES, weightOf(client))) return 'too_large'
      change(client, { ...after, secretHashes: secret === 'kept' ? client.secretHashes : secret ? [secret.secretHash] : [] })
      if (isKnown(client)) events.push(event)
      return 'replaced'
    },

    deleteRegistration: async (clientId, tokenHash, event) => {
      const client = livingRegistration(clientId)
      if (client?.registrationTokenHash !== tokenHash) return
      change(client, { revoked: true, tokensFrom: now(), registrationTokenHash: null })
      if (isKnown(client)) events.push(event)
    },

    createDeviceAuthorization: async (device, event) => {
      const holder = [...devices.values()].find(({ userCodeHash }) => userCodeHash === device.userCodeHash)
      if (holder) return holder.deviceCodeHash === device.deviceCodeHash ? 'created' : 'taken'
      devices.set(device.deviceCodeHash, {
        ...device,
        ...{ expiresAt: now() + 10 * MINUTES, intervalSeconds: 5, lastPolledAt: null, answer: null },
      })
      events.push(event)
      return 'created'
    },

    findWaitingDevice: async (userCodeHash) => {
      const device = [...devices.values()].find((each) => each.userCodeHash === userCodeHash)
      if (!device || device.answer !== null || device.expiresAt <= now()) return null
      const { expiresAt, intervalSeconds, lastPolledAt, answer, ...found } = device
      return found
    },

    pollDevice: async (deviceCodeHash, clientId) => {
      const device = devices.get(deviceCodeHash)
      if (!device) return { outcome: 'unknown' }
      if (device.clientId !== clientId) return { outcome: 'other_client', clientId: device.clientId }
      if (device.answer !== null) return { outcome: device.answer }
      if (device.expiresAt <= now()) return { outcome: 'expired' }
      const hasty = device.lastPolledAt !== null && device.lastPolledAt > now() - device.intervalSeconds * 1000
      change(device, { lastPolledAt: now(), intervalSeconds: device.intervalSeconds + (hasty ? 5 : 0) })
      return { outcome: hasty ? 'slow_down' : 'pending' }
    },

    findPerson: async (userId) => {
      const user = users.get(userId)
      return user ? { email: user.email, emailVerified: user.emailVerified, name: null } : null
    },

    now: async () => clock(),

    keepDocumentClient: async (client, event) => {
      const before = clients.get(client.clientId)
      if (!before) {
        clients.set(client.clientId, keptClient({ ...client, trusted: false, revoked: false }, now(), false))
        events.push({ ...event, action: 'client.registered' })
        return
      }
      if (before.source !== 'document' || before.revoked) return
      const [readAt, readBefore] = [client.documentReadAt?.getTime(), before.documentReadAt?.getTime()]
      if (before.metadataHash === client.metadataHash) {
        if (readAt && (!readBefore || readBefore < readAt - 60 * MINUTES)) change(before, { documentReadAt: client.documentReadAt })
        return
      }
      if (readAt && readBefore && readAt < readBefore) return
      const { clientId, source, trusted, secretHashes, scope, revoked, ...said } = client
      change(before, said)
      events.push({ ...event, action: 'client.document_changed' })
    },

    createAuthorizationRequest: async (request, maxAgeSeconds, event) => {
      const authTimeFrom = maxAgeSeconds === null ? null : new Date(now() - maxAgeSeconds * 1000)
      requests.set(request.idHash, { ...request, authTimeFrom, expiresAt: now() + 10 * MINUTES, answeredWith: null })
      events.push(event)
      return 'created'
    },

    pushRequest: async (request, event) => {
      if (pushed.has(request.idHash)) return
      pushed.set(request.idHash, { ...request, expiresAt: now() + request.lifetimeSeconds * 1000 })
      events.push(event)
    },

    takePushedRequest: async (idHash, clientId, requestId) => {
      const request = pushed.get(idHash)
      if (request?.clientId !== clientId || request.expiresAt <= now()) return { outcome: 'unknown' }
      if (!(await store.useAssertion(idHash, new Date(request.expiresAt), requestId))) return { outcome: 'used' }
      return { outcome: 'taken', parameters: request.parameters }
    },

    findAuthorizationRequest: async (idHash) => {
      const request = requests.get(idHash)
      if (!request) return null
      const { expiresAt, answeredWith, ...found } = request
      return { ...found, answered: answeredWith !== null, expired: expiresAt <= now() }
    },

    approveRequest: async (idHash, { grantId, codeHash, userId, authTime, scope }, placeHash, event) => {
      const request = waiting(idHash)
      if (request === 'already_answered' && requests.get(idHash)?.answeredWith === grantId) return 'approved'
      if (typeof request === 'string') return request
      const { issuer, clientId, redirectUri, redirectUriSent, codeChallenge, resources, nonce, dpopJkt } = request
      const client = clients.get(clientId)
      const device = waitingDevice(request)
      if (!device || users.get(userId)?.disabled) return 'expired'
      if (!client || client.revoked) return 'client_gone'
      if (client.metadataHash !== request.metadataHash) return 'client_changed'
      used(clientId)
      request.answeredWith = grantId
      if (device !== 'none') device.answer = 'approved'
      const createdAt = now()
      grants.set(grantId, { clientId, userId, redirectUri, resources, scope, createdAt, revokedFor: null })
      if (placeHash !== null && device === 'none') {
        consents.set(placeKey(userId, clientId, placeHash), { userId, clientId, scope, metadataHash: request.metadataHash })
      }
      codes.set(codeHash, {
        ...{ grantId, issuer, clientId, userId, redirectUri, redirectUriSent, codeChallenge, scope, resources, authTime, nonce, dpopJkt },
        ...{ createdAt, expiresAt: createdAt + (device === 'none' ? 1 : 10) * MINUTES, redeemedAt: null, redeemedBy: null },
      })
      events.push(event)
      return 'approved'
    },

    approveRemembered: async (idHash, approval, placeHash, event) => {
      const request = requests.get(idHash)
      const covered =
        request !== undefined && covers(consents.get(placeKey(approval.userId, request.clientId, placeHash)), request, approval)
      return covered && (await store.approveRequest(idHash, approval, null, event)) === 'approved'
    },

    findLivingGrants: async (clientId, userId) =>
      [...grants.values()]
        .filter((grant) => grant.clientId === clientId && grant.userId === userId && grantIsValid(grant))
        .toReversed()
        .slice(0, 100)
        .map(({ redirectUri, resources, scope }) => ({ redirectUri, resources, scope })),

    denyRequest: async (idHash, event) => {
      const request = waiting(idHash)
      if (typeof request === 'string') return request
      request.answeredWith = 'denied'
      for (const [key, consent] of consents) {
        if (consent.clientId === request.clientId && consent.userId === event.userId) consents.delete(key)
      }
      const device = request.deviceCodeHash === null ? undefined : devices.get(request.deviceCodeHash)
      if (device?.answer === null) device.answer = 'denied'
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
      const userAttributes = users.get(code.userId)?.attributes ?? null
      return read({ ...found, userAttributes, redeemed: redeemedAt !== null, expired: expiresAt <= now(), revoked: !lives(code) })
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
      const userAttributes = users.get(family.userId)?.attributes ?? null
      const revoked = family.revoked || !lives(family)
      return read({ ...found, userAttributes, previousValid: previousValidUntil > now(), expired, revoked })
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
      if (['token.issued', 'assertion.issued'].includes(event.action) && event.clientId) used(event.clientId)
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

    linkIdentity: async ({ issuer, subject, email }, newUserId, event) => {
      const key = JSON.stringify([issuer, subject])
      const address = email && parseEmailAddress(email)
      const [namesake] = [...users].find(([, user]) => user.emailVerified && user.email === address) ?? []
      const userId = identities.get(key) ?? namesake ?? newUserId
      if (users.get(userId)?.disabled) return null
      if (!identities.has(key)) events.push({ userId, ...event })
      identities.set(key, userId)
      return userId
    },

    revokeToken: async (jti, _expiresAt, event) => {
      if (revokedTokens.has(jti)) return
      revokedTokens.add(jti)
      events.push(event)
    },

    tokenLives: async ({ jti, grantId, clientId, userId, issuedAt, expiresAt, workloadIssuer }) => {
      const grant = grantId === null ? null : grants.get(grantId)
      if (expiresAt.getTime() <= now() || revokedTokens.has(jti)) return false
      if (workloadIssuer === undefined && !clientLives(clientId, issuedAt.getTime())) return false
      if (workloadIssuer !== undefined && !((trusted.get(workloadIssuer) ?? Infinity) < issuedAt.getTime() + 1000)) return false
      if (grant === undefined || (grant && grant.revokedFor !== null)) return false
      const user = userId === null ? undefined : users.get(userId)
      if (!user) return true
      if (user.disabled) return false
      return grant ? user.validFrom <= grant.createdAt : user.validFrom <= issuedAt.getTime() || user.validFrom <= user.createdAt
    },
  }
  return store
}

const placeKey = (userId: string, clientId: string, placeHash: string): string => JSON.stringify([userId, clientId, placeHash])

/** What was remembered answers this request. */
const covers = (consent: KeptConsent | undefined, { metadataHash, authTimeFrom }: KeptRequest, { scope, authTime }: Approval): boolean =>
  consent?.metadataHash === metadataHash &&
  scope.split(' ').every((name) => name === '' || consent.scope.split(' ').includes(name)) &&
  (authTimeFrom === null || authTimeFrom <= authTime)

const keptClient = (client: Client, createdAt: number, used: boolean): KeptClient => ({
  ...client,
  createdAt,
  used,
  tokensFrom: 0,
  registrationTokenHash: null,
})

function change<Row extends object>(row: Row | undefined, fields: Partial<Row>): void {
  if (!row) throw new Error('there is no such row')
  Object.assign(row, fields)
}
