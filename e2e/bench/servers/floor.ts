// What the machine allows: bare node:http, one named prepared statement, one hash per credential, one signature, JSON out.
// It checks what the protocol says must be checked, and keeps nobody else's promises: no tenants, no audit, no limits, no replay detection.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import pg from 'pg'
import { answerWith, newSecret } from './floor-answers.ts'
import { documents } from './floor-documents.ts'
import { BEGIN, SCHEMA } from './floor-statements.ts'
import { answerParent } from './parent.ts'
import { basic, bearer, CODE_CHALLENGE, inBatches, type Offer, POOL_SIZE, PUBLIC_CLIENT, REDIRECT_URI, SCOPE, sha256 } from './target.ts'

const JSON_TYPE = 'application/json'
const port = Number(process.env.PORT)
const issuer = `http://127.0.0.1:${port}`
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: POOL_SIZE, idleTimeoutMillis: 0 })
const { metadata, jwks, key } = documents(issuer)
const answer = answerWith(pool, issuer, key)

function handle(req: IncomingMessage, res: ServerResponse): void {
  const document = req.url === '/metadata' ? metadata : req.url === '/jwks' ? jwks : null
  if (document) {
    res.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': document.length, 'cache-control': 'public, max-age=300' })
    res.end(document)
    return
  }
  let body = ''
  req.setEncoding('utf8').on('data', (chunk) => {
    body += chunk
  })
  req.on('end', async () => {
    const { status, body: answered } = await answer(req, body)
    const text = JSON.stringify(answered)
    res.writeHead(status, { 'content-type': JSON_TYPE, 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store' })
    res.end(text)
  })
}

async function offer(): Promise<Offer> {
  await pool.query(SCHEMA)
  const [registration, server, client, liveToken] = [newSecret(), newSecret(), newSecret(), newSecret()]
  await pool.query(BEGIN.secrets, [sha256(registration), sha256(server)])
  await pool.query(BEGIN.clients, [sha256(client), JSON.stringify(PUBLIC_CLIENT.redirect_uris)])
  await pool.query(BEGIN.token, [sha256(liveToken), SCOPE])
  await new Promise<void>((resolve) => createServer(handle).listen(port, '127.0.0.1', resolve))
  return {
    paths: {
      metadata: '/metadata',
      jwks: '/jwks',
      register: '/register',
      token: '/token',
      introspect: '/introspect',
      revoke: '/revoke',
    },
    registration: bearer(registration),
    confidential: basic('confidential', client),
    introspector: bearer(server),
    publicClientId: 'public',
    liveToken,
  }
}

async function mintCodes(count: number): Promise<string[]> {
  const codes = Array.from({ length: count }, newSecret)
  await inBatches(count, 500, async (from, to) => {
    await pool.query(BEGIN.codes, [codes.slice(from, to).map(sha256), REDIRECT_URI, CODE_CHALLENGE, SCOPE])
  })
  return codes
}

answerParent(offer, mintCodes)
