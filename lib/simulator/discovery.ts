import type { Metadata, Resource, Run } from './run.ts'
import { type Answer, listOf, type Members, scopesIn, textOf } from './wire.ts'

const INITIALIZE = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: {} })

/** RFC 9728 §3, §5: from the MCP server's 401 to the issuer it names, which must be the one this run is about. */
export async function findIssuer({ profile, options, wire }: Run): Promise<Resource> {
  const { resource } = options
  if (resource === null) return { identifier: null, challenged: [], supported: [] }
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
  const { status, headers: answered } = await wire.ask('challenge', resource, { method: 'POST', headers, body: INITIALIZE })
  const challenge = answered.get('www-authenticate') ?? ''
  wire.require(status === 401 && /^bearer\b/i.test(challenge), 'the MCP server asks for no bearer token')
  wire.judge('it wants a token')

  const metadata = await resourceMetadata(resource, parameterOf(challenge, 'resource_metadata'))
  const identifier = textOf(metadata, 'resource')
  wire.require(
    identifier !== null && isAbout(identifier, resource, profile.resource.match),
    `the metadata is about ${identifier}, not ${resource}`,
  )
  const [first] = listOf(metadata, 'authorization_servers')
  wire.require(first === options.issuer, `the metadata names the issuer ${first}, not ${options.issuer}`)
  wire.judge('it names the issuer')
  return { identifier, challenged: scopesIn(parameterOf(challenge, 'scope')), supported: listOf(metadata, 'scopes_supported') }

  async function resourceMetadata(url: string, named: string | null): Promise<Members> {
    const { origin, pathname } = new URL(url)
    const root = `${origin}/.well-known/oauth-protected-resource`
    const places = { challenge: named, path: pathname === '/' ? root : root + pathname, root }
    const addresses = new Set(profile.resource.order.flatMap((place) => places[place] ?? []))
    for (const address of addresses) {
      const answer = await wire.ask('resource-metadata', address)
      if (answer.status === 200 && answer.isJson) return answer.members
      wire.judge('nothing here', 'noted')
    }
    return wire.fail('the MCP server says nowhere who gives tokens for it')
  }
}

function parameterOf(challenge: string, name: string): string | null {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(challenge)?.[1] ?? null
}

function isAbout(identifier: string, resource: string, match: 'identical' | 'prefix'): boolean {
  if (match === 'identical') return identifier === resource
  return URL.canParse(identifier) && new URL(resource).href.startsWith(new URL(identifier).href.replace(/\/$/, ''))
}

/** RFC 8414 §3, in the order of this client, and everything it checks before it goes on. */
export async function discover(run: Run): Promise<Metadata> {
  const { profile, wire } = run
  const metadata = await firstMetadata(run)
  for (const probe of profile.discovery.probes ?? []) {
    const { status, isJson } = await wire.ask('probe', addressOf(probe, run))
    wire.require(isJson && (status === 200 || status === 404), 'this is neither a document nor a plain 404 in JSON')
    wire.judge('asked in passing', 'noted')
  }
  for (const believed of profile.discovery.believes ?? []) {
    const address = addressOf(believed, run)
    if (isOwn(address, run)) continue
    const { status } = await wire.ask('probe', address)
    wire.require(status === 404, 'somebody speaks at an address this client falls back to')
    wire.judge('nobody speaks where it would fall back to')
  }
  return metadata
}

async function firstMetadata(run: Run): Promise<Metadata> {
  const { profile, wire } = run
  const { order, headFirst, goesOnAfter } = profile.discovery
  for (const template of order) {
    const address = addressOf(template, run)
    if (headFirst) {
      const { status } = await wire.ask('metadata', address, { method: 'HEAD' })
      wire.require(status === 200 || status === 404, `HEAD was answered with ${status}`)
      wire.judge('HEAD first')
    }
    const answer = await wire.ask('metadata', address)
    if (answer.status === 200) return checked(answer, template, run)
    wire.require(goesOn(answer.status, goesOnAfter), `it stops looking after ${answer.status}`)
    wire.judge('not here: on to the next address', 'noted')
  }
  return wire.fail('there is no metadata at any address it knows')
}

const GOES_ON = {
  '4xx': (status: number) => status >= 400 && status < 500,
  'below-500': (status: number) => status < 500,
  'not-200': () => true,
} as const
const goesOn = (status: number, after: keyof typeof GOES_ON): boolean => GOES_ON[after](status)

function checked(answer: Answer, template: string, run: Run): Metadata {
  const { profile, options, wire } = run
  const { members } = answer
  wire.require(answer.isJson, 'the metadata is no application/json')
  if (profile.discovery.issuer === 'identical')
    wire.require(members.issuer === options.issuer, `issuer is ${members.issuer}, not ${options.issuer}`)
  requireFilled(members, run)
  const needed = ['authorization_endpoint', 'token_endpoint', ...(template.includes('openid') ? ['jwks_uri'] : [])]
  for (const name of needed) wire.require(URL.canParse(textOf(members, name) ?? ''), `${name} is no URL`)
  wire.require(listOf(members, 'response_types_supported').includes('code'), 'response_types_supported lacks code')
  wire.require(listOf(members, 'code_challenge_methods_supported').includes('S256'), 'code_challenge_methods_supported lacks S256')
  requireWayIn(members, run)
  wire.judge('it can work with this')
  return members
}

/** Whether the client can become known here at all. */
function requireWayIn(metadata: Members, { profile, wire }: Run): void {
  const methods = listOf(metadata, 'token_endpoint_auth_methods_supported')
  switch (profile.identity.kind) {
    case 'vendor-document':
    case 'own-document': {
      const method = profile.token.method === 'private_key_jwt' ? 'private_key_jwt' : 'none'
      wire.require(metadata.client_id_metadata_document_supported === true, 'client ID metadata documents are not supported')
      wire.require(methods.includes(method), `token_endpoint_auth_methods_supported lacks ${method}`)
      if (method === 'none') return
      const algorithms = listOf(metadata, 'token_endpoint_auth_signing_alg_values_supported')
      wire.require(algorithms.includes('RS256'), 'token_endpoint_auth_signing_alg_values_supported lacks RS256')
      return
    }
    case 'registration':
      wire.require(textOf(metadata, 'registration_endpoint') !== null, 'there is no registration_endpoint')
      return
    case 'predefined':
      wire.require(methods.includes(profile.identity.method), `token_endpoint_auth_methods_supported lacks ${profile.identity.method}`)
  }
}

/** A schema that knows optional members, but neither null nor an empty text. */
export function requireFilled(members: Members, { profile, wire }: Pick<Run, 'profile' | 'wire'>): void {
  if (!profile.strictSchemas) return
  const [bad] = Object.entries(members).find(([, value]) => value === null || value === '') ?? []
  wire.require(bad === undefined, `${bad} is null or empty`)
}

function addressOf(template: string, { options }: Run): string {
  const { origin, pathname } = new URL(options.issuer)
  const resourcePath = options.resource === null ? '' : new URL(options.resource).pathname
  return template
    .replace('{origin}', origin)
    .replace('{path}', pathname === '/' ? '' : pathname)
    .replace('{resource-path}', resourcePath === '/' ? '' : resourcePath)
}

/** On an issuer's own host the root is its own. */
const isOwn = (address: string, { options }: Run): boolean => new URL(options.issuer).pathname === '/' && address.startsWith(options.issuer)
