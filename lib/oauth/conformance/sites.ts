import { randomBytes } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fetched, FetchOptions } from '#lib/outbound/fetch.ts'
import { OutboundRefused } from '#lib/outbound/refused.ts'
import { targetOf } from '#lib/outbound/target.ts'
import type { Published, TestSite } from './target.ts'

type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
type Site = TestSite & { answer(path: string, ifNoneMatch: string | undefined): Answer }

function siteAt(origin: string): Site {
  const published = new Map<string, Published>()
  const asked = new Map<string, number>()
  return {
    url: (path) => `${origin}${path}`,
    publish: (path, what) => void published.set(path, what),
    requests: (path) => asked.get(path) ?? 0,
    answer: (path, ifNoneMatch) => {
      asked.set(path, (asked.get(path) ?? 0) + 1)
      const { body, contentType = 'application/json', status = 200, headers = {} } = published.get(path) ?? NOTHING
      if (ifNoneMatch !== undefined && ifNoneMatch === headers.etag) return { status: 304, headers, body: '' }
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return { status, headers: { 'content-type': contentType, ...headers }, body: text }
    },
  }
}

const NOTHING: Published = { body: 'not found', contentType: 'text/plain', status: 404 }

/** Sites that exist in this process only, and the fetch that reaches them; everywhere else there is nobody. */
export function sitesInProcess() {
  const sites = new Map<string, Site>()
  return {
    open: (): TestSite => {
      const host = `site-${randomBytes(6).toString('hex')}.example.com`
      const site = siteAt(`https://${host}`)
      sites.set(host, site)
      return site
    },
    fetch: async (text: string, { maxBytes, headers }: FetchOptions): Promise<Fetched> => {
      const { url } = targetOf(text, { developmentLoopback: false })
      const site = sites.get(url.host)
      if (!site) throw new OutboundRefused('name_unknown')
      const { status, body, ...answer } = site.answer(`${url.pathname}${url.search}`, headers?.['if-none-match'])
      if (Buffer.byteLength(body) > maxBytes) throw new OutboundRefused('too_large')
      return { status, headers: answer.headers, body: Buffer.from(body) }
    },
  }
}

/** A site on a port of its own, which a server with OUTBOUND_LOOPBACK=on fetches from. */
export async function siteOverHttp(): Promise<{ site: TestSite; close(): void }> {
  const server = http.createServer((request, response) => {
    const { status, headers, body } = site.answer(request.url ?? '/', request.headers['if-none-match'])
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const site = siteAt(`http://localhost:${(server.address() as AddressInfo).port}`)
  return {
    site,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
