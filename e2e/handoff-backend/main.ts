// A customer's backend with a sign-in page of its own. In the environment: GATEHOUSE_ISSUER, GATEHOUSE_SERVER_SECRET, PORT.
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const { GATEHOUSE_ISSUER: issuer = '', GATEHOUSE_SERVER_SECRET: secret = '', PORT: port = '3002' } = process.env
const page = `http://localhost:${port}/sign-in` // as it stands in the project's settings
const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`))
const ada = { id: '42', email: 'ada@example.com', email_verified: true, name: 'Ada', attributes: { plan: 'pro' } }
const accounts = new Map([['ada', { password: 'lovelace', user: ada }]])

/** Who asks. Throws when the request is not the issuer's, not for this page, or too old. */
async function verified(request: string) {
  const { payload } = await jwtVerify<{ client?: { name: string } }>(request, keys, {
    issuer,
    audience: page,
    typ: 'gatehouse-handoff+jwt',
  })
  return payload
}

/** Says who it is, or that nobody is let in; answers where to send the browser. */
async function tell(word: object): Promise<string> {
  const response = await fetch(`${issuer}/api/oauth/handoff`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(word),
  })
  const { redirect_to, error_description } = (await response.json()) as { redirect_to: string; error_description: string }
  if (!response.ok) throw new Error(error_description)
  return redirect_to
}

const escaped = (words: string) => words.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const form = (client: string, request: string, problem: string) => `<!doctype html><html lang="en"><title>Acme</title>
<h1>Sign in to Acme</h1><p>to connect ${escaped(client)}</p><p>${problem}</p>
<form method="post"><input type="hidden" name="request" value="${escaped(request)}">
<label>User <input name="user"></label> <label>Password <input name="password" type="password"></label>
<button name="answer" value="sign-in">Sign in</button> <button name="answer" value="cancel">Cancel</button></form>`

/** Where to, or the page. */
async function answer(req: IncomingMessage): Promise<URL | string> {
  const sent = req.method === 'POST' ? new URLSearchParams(await text(req)) : new URL(req.url ?? '', page).searchParams
  const request = sent.get('request') ?? ''
  const { client } = await verified(request)
  if (sent.get('answer') === 'cancel') return new URL(await tell({ request, deny: { reason: 'cancelled' } }))
  const account = accounts.get(sent.get('user') ?? '')
  if (account && account.password === sent.get('password')) return new URL(await tell({ request, user: account.user }))
  return form(client?.name ?? 'your account', request, sent.has('user') ? 'That is not right.' : '')
}

createServer(async (req, res) => {
  const to = await answer(req).catch((error: Error) => `<!doctype html><p>This sign-in cannot go on: ${escaped(error.message)}</p>`)
  if (to instanceof URL) res.writeHead(302, { location: to.href }).end()
  else res.writeHead(200, { 'content-type': 'text/html' }).end(to)
}).listen(Number(port), '127.0.0.1', () => console.log(`sign-in page at ${page}`))
