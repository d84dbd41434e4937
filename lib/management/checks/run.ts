import { RateLimiterMemory } from 'rate-limiter-flexible'
import { read } from '#lib/db/transaction.ts'
import { jsonObjectOf } from '#lib/oauth/json-body.ts'
import { type FetchOptions, fetchPublic } from '#lib/outbound/fetch.ts'
import { OutboundRefused } from '#lib/outbound/refused.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { takeOne } from '../members/throttle.ts'
import { parseInput } from '../parse.ts'
import { metadataUrls, type RunCheckInput, runCheckInput, type ServerCheck, TOOLS_LIST } from './inputs.ts'
import { type Answer, judgeChallenge, judgeMetadata, type Verdict } from './judge.ts'

/** One request and what came back, as people read it. */
export type ShownAnswer = {
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** Null: nothing came back. */
  readonly status: number | null
  /** Those that a client looks at. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** At most 4,000 characters; a JSON object is indented. */
  readonly body: string
}

export type CheckResult = Verdict & { readonly answers: readonly ShownAnswer[] }

const MAX_BYTES = 64 * 1024
const SHOWN_CHARACTERS = 4_000
const SHOWN_HEADERS = ['content-type', 'www-authenticate', 'location', 'access-control-allow-origin', 'access-control-expose-headers']

/** It makes us call strangers. */
const checks = new RateLimiterMemory({ keyPrefix: 'check', points: 30, duration: 300 })

/**
 * Asks the MCP server behind one of the project's resources what a client would ask it first, and says whether the answer is right.
 * Throws `forbidden`, `not_found` for what is no resource of the project, `too_many_requests`.
 */
export async function runCheck(
  ctx: ManagementContext,
  input: RunCheckInput,
  fetch: typeof fetchPublic = fetchPublic,
): Promise<CheckResult> {
  requirePermission(ctx, 'resource:write')
  const { check, resource } = parseInput(runCheckInput, input)
  const projectId = ctx.project.id
  const [known, issuers] = await Promise.all([
    read((db) => db.resource.findFirst({ where: { projectId, identifier: resource }, select: { identifier: true } })),
    read((db) => db.issuer.findMany({ where: { projectId }, select: { url: true }, orderBy: [{ isPrimary: 'desc' }, { url: 'asc' }] })),
  ])
  if (!known) throw notFound('Resource')
  await takeOne(checks, projectId)
  const run: Readonly<Record<ServerCheck, () => Promise<CheckResult>>> = {
    challenge: async () => {
      const answer = await ask(resource, { ...OPTIONS, jsonText: TOOLS_LIST }, fetch)
      return { ...judgeChallenge(answer, resource), answers: [shown('POST', answer)] }
    },
    metadata: async () => {
      const answers = await Promise.all([...new Set(metadataUrls(resource))].map((url) => ask(url, OPTIONS, fetch)))
      const verdict = judgeMetadata(
        answers,
        resource,
        issuers.map(({ url }) => url),
      )
      return { ...verdict, answers: answers.map((answer) => shown('GET', answer)) }
    },
  }
  return run[check]()
}

/** As MCP clients send it (Streamable HTTP). */
const OPTIONS = { maxBytes: MAX_BYTES, accept: 'application/json, text/event-stream' } as const

async function ask(url: string, options: FetchOptions, fetch: typeof fetchPublic): Promise<Answer> {
  try {
    const { status, headers, body } = await fetch(url, options)
    return { url, status, headers, body }
  } catch (error) {
    if (error instanceof OutboundRefused) return { url, problem: error.kind }
    throw error
  }
}

function shown(method: ShownAnswer['method'], answer: Answer): ShownAnswer {
  const { url } = answer
  if ('problem' in answer) return { method, url, status: null, headers: [], body: '' }
  const { status, headers } = answer
  const document = jsonObjectOf(answer.body)
  const text = typeof document === 'string' ? new TextDecoder().decode(answer.body) : JSON.stringify(document, null, 2)
  return {
    ...{ method, url, status },
    headers: SHOWN_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name].slice(0, 1_000)] as const])),
    body: text.slice(0, SHOWN_CHARACTERS),
  }
}
