import { resolveIssuer } from './resolve.ts'

/**
 * The origin that a page of a project's endpoints may ask, because it was loaded for an issuer of that project; null for none. The
 * address names both, so nobody learns from the policy which issuers a project has.
 */
export async function consoleTarget({ pathname, searchParams }: URL): Promise<string | null> {
  const [, slug] = /^\/projects\/([^/]+)\/endpoints\/?$/.exec(pathname) ?? []
  const asked = searchParams.get('issuer')
  if (slug === undefined || asked === null || !/^https?:\/\/[\x21-\x7e]{1,255}$/.test(asked)) return null
  const issuer = await resolveIssuer(asked)
  return issuer?.slug === slug ? new URL(issuer.url).origin : null
}
