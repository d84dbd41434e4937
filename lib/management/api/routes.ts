import type { Operation } from '../operation.ts'

export const BASE_PATH = '/api/management'

/** Those that need no person. */
export const forPrograms = (operations: readonly Operation[]): readonly Operation[] => operations.filter(({ membersOnly }) => !membersOnly)

/** The whole path as the reference writes it, such as `/projects/{project}/clients/{clientId}`; below `BASE_PATH`. */
export const fullPathOf = ({ of, path }: Operation): string => (of === 'project' ? `/projects/{project}${path}` : path)

/** Names between braces, without `project`, which names no field of the input. */
export const pathFieldsOf = ({ path }: Operation): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

export type Match = {
  readonly operation: Operation
  /** By name, decoded; `project` among them. */
  readonly parameters: Readonly<Record<string, string>>
}

export type Found = { readonly match: Match | null; readonly allowed: readonly string[] }

type Route = { readonly operation: Operation; readonly segments: readonly string[] }

export type Routes = readonly Route[]

/** A word in a path goes before a parameter in its place: `/clients/usage` is no client. */
export const routesOf = (operations: readonly Operation[]): Routes =>
  operations
    .map((operation) => ({ operation, segments: fullPathOf(operation).split('/').slice(1) }))
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))

const orderOf = ({ segments }: Route): string => segments.map((segment) => (isParameter(segment) ? '1' : '0')).join('')

const isParameter = (segment: string): boolean => segment.startsWith('{')

/** What answers `method` at this raw path. `allowed` is empty where nothing is at all. HEAD is GET without a body. */
export function routeAt(routes: Routes, method: string, pathname: string): Found {
  const segments = decodedSegments(pathname)
  if (segments === null) return { match: null, allowed: [] }
  const here = routes.flatMap(({ operation, segments: pattern }) => {
    const parameters = parametersOf(pattern, segments)
    return parameters ? [{ operation, parameters }] : []
  })
  const asked = method === 'HEAD' ? 'GET' : method
  const methods = new Set(here.map(({ operation }) => operation.method))
  return {
    match: here.find(({ operation }) => operation.method === asked) ?? null,
    allowed: [...methods].flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each])),
  }
}

/** A client id may be a URL: slashes inside of it come encoded, so the path is cut before it is decoded. */
function decodedSegments(pathname: string): string[] | null {
  if (!pathname.startsWith(`${BASE_PATH}/`)) return null
  const below = pathname.slice(BASE_PATH.length + 1).replace(/\/$/, '')
  try {
    return below.split('/').map(decodeURIComponent)
  } catch {
    return null
  }
}

function parametersOf(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null
  const parameters: Record<string, string> = {}
  for (const [i, part] of pattern.entries()) {
    const segment = segments[i] ?? ''
    if (isParameter(part) && segment !== '') parameters[part.slice(1, -1)] = segment
    else if (part !== segment) return null
  }
  return parameters
}
