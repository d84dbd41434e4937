import { readdirSync } from 'node:fs'
import { createApiKey } from '../api-keys/create.ts'
import type { OrganisationContext, Permission } from '../context.ts'
import { unique } from '../fixtures.ts'
import type { Operation } from '../operation.ts'
import type { Samples } from '../samples.ts'
import { inputShapeOf } from './input-shape.ts'
import { BASE_PATH, fullPathOf } from './routes.ts'

/** For tests: the samples of every noun, by operation. */
export async function allSamples(): Promise<Samples> {
  const folder = new URL('../', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /^[^/\\]+[/\\]samples\.ts$/.test(file))
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href) as Promise<Record<string, Samples>>))
  return Object.assign({}, ...modules.flatMap((module) => Object.values(module).filter((value) => typeof value === 'object')))
}

/** A key of the owner that may do this and no more. */
export async function keyFor(
  owner: OrganisationContext,
  permissions: readonly Permission[],
  project?: string,
): Promise<{ id: string; key: string }> {
  const { apiKeyId, apiKey } = await createApiKey(owner, {
    name: unique('key'),
    permissions: [...permissions],
    ...(project === undefined ? {} : { project }),
  })
  return { id: apiKeyId, key: apiKey }
}

/** The request that a program would send for this input. */
export function requestFor(operation: Operation, slug: string, input: unknown, key: string | null): Request {
  const given = (input ?? {}) as Record<string, unknown>
  const { path, fields } = inputShapeOf(operation)
  const url = new URL(BASE_PATH, 'https://auth.example.com')
  url.pathname += fullPathOf(operation).replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(name === 'project' && operation.of === 'project' ? slug : String(given[name])),
  )
  const rest = Object.entries(given).filter(([name, value]) => !Object.hasOwn(path, name) && value !== undefined)
  const headers = new Headers(key === null ? {} : { authorization: `Bearer ${key}` })
  if (operation.method === 'GET' || operation.method === 'DELETE') {
    for (const [name, value] of rest) for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(each))
    return new Request(url, { method: operation.method, headers })
  }
  if (Object.keys(fields).length === 0 && rest.length === 0) return new Request(url, { method: operation.method, headers })
  headers.set('content-type', 'application/json')
  return new Request(url, { method: operation.method, headers, body: JSON.stringify(Object.fromEntries(rest)) })
}
