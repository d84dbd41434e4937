import { isJsonMediaType, jsonObjectOf } from '#lib/oauth/json-body.ts'
import { resourceKey } from '#lib/oauth/resource.ts'
import type { RefusalKind } from '#lib/outbound/refused.ts'
import { metadataUrls } from './inputs.ts'

/** `unsure`: some clients manage with it, others do not. */
export type Verdict = { readonly verdict: 'right' | 'unsure' | 'wrong'; readonly words: string }

/** What came back from one URL. `problem`: why nothing did. */
export type Answer =
  | {
      readonly url: string
      readonly status: number
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string | undefined>>
      readonly body: Uint8Array
    }
  | { readonly url: string; readonly problem: RefusalKind }

const right = (words: string): Verdict => ({ verdict: 'right', words })
const unsure = (words: string): Verdict => ({ verdict: 'unsure', words })
const wrong = (words: string): Verdict => ({ verdict: 'wrong', words })

/** A request without a token: RFC 9728 §5.1 and RFC 6750 §3 say what a protected resource answers. */
export function judgeChallenge(answer: Answer, resource: string): Verdict {
  if ('problem' in answer) return wrong(silence(answer.problem))
  const { status, headers } = answer
  if (status !== 401) return wrong(insteadOf401(status, headers.location))
  const challenge = headers['www-authenticate']
  if (challenge === undefined) return wrong('It answers 401 without a WWW-Authenticate header: clients do not know where to go.')
  if (!/(?:^|,\s*)bearer(?:\s|$)/i.test(challenge)) return wrong('Its WWW-Authenticate header does not name the scheme Bearer.')
  const [, quoted, plain] = /resource_metadata\s*=\s*(?:"([^"]*)"|([^\s,"]+))/i.exec(challenge) ?? []
  const named = quoted ?? plain
  if (named === undefined) return unsure('Its header names no resource_metadata: clients have to guess where the document is.')
  if (!metadataUrls(resource).includes(named))
    return wrong(`Its header names ${named}, where nobody expects the document of this resource: ${metadataUrls(resource)[0]}`)
  return right('As it should be: it asks for a token, and names the document that says where to get one.')
}

function insteadOf401(status: number, location: string | undefined): string {
  if (status < 300) return `It answers anybody (${status}): a request without a token has to get 401.`
  if (status < 400) return `It sends clients elsewhere (${status}${location ? ` to ${location}` : ''}), and they do not follow with a POST.`
  if (status === 403) return 'It answers 403: clients ask for a token only after 401. Something in front of the server may be answering.'
  if (status === 404 || status === 405) return `There is no MCP endpoint at this URL (${status}).`
  if (status >= 500) return `It fails (${status}) before it looks for a token.`
  return `It answers ${status} before it looks for a token: that has to come first.`
}

/** RFC 9728 §3.3: the document has to name the resource, and MCP wants it to name this issuer; both byte for byte. */
export function judgeMetadata(answers: readonly Answer[], resource: string, issuers: readonly string[]): Verdict {
  const flaws = answers.map((answer) => flawOf(answer, resource, issuers))
  const found = flaws.filter((flaw) => flaw !== null)
  const [first] = found
  if (first === undefined) return right('As it should be: it names this resource and this issuer, byte for byte.')
  const misleading = found.find(({ isAbsent }) => !isAbsent)
  if (misleading) return wrong(misleading.words)
  if (found.length === answers.length) return wrong(first.words)
  return unsure(`${first.words} The other address serves it, but not every client looks there.`)
}

/** `isAbsent`: there is no document, so nobody is misled. */
type Flaw = { readonly isAbsent: boolean; readonly words: string }

const absent = (words: string): Flaw => ({ isAbsent: true, words })
const misleading = (words: string): Flaw => ({ isAbsent: false, words })

function flawOf(answer: Answer, resource: string, issuers: readonly string[]): Flaw | null {
  const { pathname } = new URL(answer.url)
  if ('problem' in answer) return absent(silence(answer.problem))
  if (answer.status !== 200) return absent(`${pathname} answers ${answer.status} instead of 200.`)
  const type = answer.headers['content-type']
  if (!isJsonMediaType(type)) return absent(`${pathname} answers with ${type ?? 'no media type'} instead of application/json.`)
  const document = jsonObjectOf(answer.body)
  if (typeof document === 'string') return misleading(`${pathname} says JSON, and is no JSON object.`)
  if (document.resource !== resource)
    return misleading(`resource is ${said(document.resource)} and has to be "${resource}"${near(document.resource, resource)}.`)
  const [server] = Array.isArray(document.authorization_servers) ? document.authorization_servers : []
  if (!issuers.includes(server))
    return misleading(`authorization_servers begins with ${said(server)} and has to be "${issuers[0]}"${near(server, issuers[0])}.`)
  return null
}

const said = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value).slice(0, 300))

/** RFC 3986 §6.2.1: clients and servers compare as text, so this much is another one. */
function near(value: unknown, wanted: string | undefined): string {
  const isNear =
    typeof value === 'string' && wanted !== undefined && resourceKey(value) !== null && resourceKey(value) === resourceKey(wanted)
  return isNear ? ': a slash, a letter’s case or a port makes it another one' : ''
}

/** In the order of the fetcher's own checks. */
function silence(problem: RefusalKind): string {
  switch (problem) {
    case 'url':
    case 'address_literal':
    case 'private_name':
    case 'private_address':
      return 'From here only public https addresses on port 443 are called. Run the command where the server can be reached.'
    case 'own_host':
      return 'This address is Gatehouse’s own, which it does not call. Run the command.'
    case 'name_unknown':
      return 'Nothing answers: the host name has no address.'
    case 'deadline':
      return 'Nothing answers within five seconds.'
    case 'too_large':
      return 'The answer is longer than 64 KB: it is not what a client expects there.'
    case 'too_many':
      return 'This host is being asked too much at the moment. Try again in a few seconds.'
    case 'connection':
    case 'status':
    case 'media_type':
      return 'Nothing answers: the connection is refused, or breaks, or its certificate does not hold.'
  }
}
