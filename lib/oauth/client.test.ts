import { beforeEach, describe, expect, it } from 'vitest'
import { documentClient, hash, newRequest } from '#lib/db/fixtures.ts'
import { type MemoryStore, memoryStore } from '#lib/db/memory-store.ts'
import { type ClientSources, findClient, keepForApproval } from './client.ts'
import { parseDocumentMetadata } from './client-metadata.ts'
import { issuerWith } from './conformance/issuer.ts'
import type { ClientDocument } from './context.ts'
import type { Client } from './store.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const DAY_SECONDS = 86_400
const CLAUDE = 'https://claude.ai/oauth/mcp-oauth-client-metadata'
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000)

const rules = { privateUseSchemes: true, mayFetch: () => true }
const document = (client_name: string, ageSeconds = 0): ClientDocument => ({
  metadata: parseDocumentMetadata({ client_name, redirect_uris: ['https://app.example.com/cb'] }, rules),
  ageSeconds,
})

let store: MemoryStore
let published: ClientDocument | 'unavailable' | 'invalid'
let asked: number
let maxAge: number | undefined
let sources: ClientSources
beforeEach(() => {
  store = memoryStore({ now: () => NOW })
  published = document('Published')
  asked = 0
  const clientDocument = async (_: string, maxAgeSeconds?: number) => {
    asked++
    maxAge = maxAgeSeconds
    return published
  }
  sources = {
    issuer: issuerWith(),
    store,
    world: {
      developmentLoopback: false,
      mayFetch: () => true,
      clientDocument,
      keys: async () => null,
      provider: async () => 'unavailable',
      ask: async () => null,
    },
  }
})
const keep = async (fields: Partial<Client> = {}): Promise<Client> => {
  const client = documentClient({ name: 'Kept', documentReadAt: ago(60), ...fields })
  await store.keepDocumentClient(client, { step: 'consent', actorKind: 'user' })
  return client
}
const nameOf = async (clientId: string) => {
  const found = await findClient(clientId, sources)
  return typeof found === 'string' ? found : found.name
}

describe('a client that is known by its document', () => {
  it('is what its document says, read at the moment the document was, on the store’s clock', async () => {
    published = document('Published', 90)
    expect(await findClient('https://app.example.com/c', sources)).toMatchObject({
      ...{ clientId: 'https://app.example.com/c', name: 'Published', source: 'document', trusted: false, revoked: false },
      ...{ documentReadAt: ago(90), readAt: NOW },
    })
  })
  it('is read anew where a member wants no copy from before a moment, and only then', async () => {
    const { clientId } = await keep({ documentReadAt: ago(600), documentStaleAt: ago(30) })
    await findClient(clientId, sources)
    expect(maxAge).toBe(30)
    await findClient((await keep()).clientId, sources)
    expect(maxAge).toBeUndefined()
  })

  it('is what another process has read since', async () => {
    const { clientId } = await keep({ documentReadAt: ago(60) })
    published = document('Read an hour ago', 3_600)
    expect(await nameOf(clientId)).toBe('Kept')
    published = document('Read just now', 1)
    expect(await nameOf(clientId)).toBe('Read just now')
  })

  it.each(['unavailable', 'invalid'] as const)('CI29 is what was kept of it for seven days while it is %s', async (failure) => {
    published = failure
    const young = await keep({ documentReadAt: ago(7 * DAY_SECONDS - 1) })
    const old = await keep({ documentReadAt: ago(7 * DAY_SECONDS) })
    const timeless = await keep({ documentReadAt: null })
    expect(await nameOf(young.clientId)).toBe('Kept')
    expect(await nameOf(old.clientId)).toBe(`document_${failure}`)
    expect(await nameOf(timeless.clientId)).toBe(`document_${failure}`)
  })
  it('is the copy that came with us when nothing else is left', async () => {
    expect(await nameOf(CLAUDE)).toBe('Published')
    published = 'unavailable'
    expect(await findClient(CLAUDE, sources)).toMatchObject({ name: 'Claude', documentReadAt: null })
    await keep({ clientId: CLAUDE, documentReadAt: ago(60) })
    expect(await nameOf(CLAUDE)).toBe('Kept')
  })
  it('is not asked about where it cannot be one', async () => {
    for (const clientId of [
      '',
      'c_1',
      'http://localhost:3000/c',
      'https://app.example.com/',
      `https://a.example/${'a'.repeat(2048)}`,
      'https://a.example/\0',
    ])
      expect(await findClient(clientId, sources)).toBe('unknown')
    expect(await findClient(undefined, sources)).toBe('unknown')
    expect(asked).toBe(0)
  })
  it('is not asked about once it is revoked, or where its host is not trusted', async () => {
    const { clientId } = await keep()
    await store.revokeClient(clientId)
    expect(await findClient(clientId, sources)).toBe('revoked')
    const listing = { ...sources, issuer: issuerWith({ documentPolicy: 'allow-list', documentHosts: ['example.com'] }) }
    expect(await findClient('https://app.example.com/c', listing)).toBe('document_not_trusted')
    expect(await findClient((await keep()).clientId, { ...sources, issuer: issuerWith({ documentPolicy: 'deny' }) })).toBe(
      'document_not_trusted',
    )
    expect(asked).toBe(0)
    expect(await findClient('https://example.com/c', listing)).toMatchObject({ name: 'Published' })
  })
})

describe('an approval', () => {
  const pendingFor = (client: Pick<Client, 'clientId' | 'metadataHash'>) => ({
    ...newRequest(client.clientId),
    ...{ metadataHash: client.metadataHash, authTimeFrom: null, answered: false, expired: false },
  })
  const shown = async (clientId: string) => {
    const client = await findClient(clientId, sources)
    if (typeof client === 'string') throw new Error(client)
    return client
  }
  const actions = () => store.events.map(({ action }) => action)

  it('keeps the client as it was shown, once', async () => {
    const pending = pendingFor(await shown('https://app.example.com/c'))
    expect(await keepForApproval(pending, 'user_1', sources)).toBe('kept')
    expect(await keepForApproval(pending, 'user_1', sources)).toBe('kept')
    expect(store.events).toMatchObject([{ action: 'client.registered', actorKind: 'user', actorId: 'user_1', clientId: pending.clientId }])
  })
  it.each<[string, () => ClientDocument | 'unavailable' | 'invalid', string]>([
    ['says something else', () => document('Changed'), 'client_changed'],
    ['cannot be read', () => 'unavailable', 'document_unavailable'],
    ['is none any more', () => 'invalid', 'client_gone'],
  ])('keeps nothing of a document that %s', async (_, publish, expected) => {
    const pending = pendingFor(await shown('https://app.example.com/c'))
    published = publish()
    expect(await keepForApproval(pending, 'user_1', sources)).toBe(expected)
    expect(actions()).toEqual([])
  })
  it('of a client that has registered asks for no document', async () => {
    expect(await keepForApproval(pendingFor({ clientId: 'c_1', metadataHash: hash() }), 'user_1', sources)).toBe('kept')
    expect([asked, actions()]).toEqual([0, []])
  })
  it('keeps the redirect URIs that this project does not take, in case it will', async () => {
    published = {
      metadata: parseDocumentMetadata({ client_name: 'App', redirect_uris: ['cursor://cb', 'https://app.example.com/cb'] }, rules),
      ageSeconds: 0,
    }
    const strict = { ...sources, issuer: issuerWith({ privateUseSchemes: false }) }
    const client = await findClient('https://app.example.com/c', strict)
    if (typeof client === 'string') throw new Error(client)
    expect(client.redirectUris).toEqual(['https://app.example.com/cb'])
    expect(await keepForApproval(pendingFor(client), 'user_1', strict)).toBe('kept')
    expect((await store.findClient(client.clientId))?.redirectUris).toHaveLength(2)
  })
})
